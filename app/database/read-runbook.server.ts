import { operations } from "../../db/operations/index";
import { panels } from "../../db/panels";
import { readRunbook } from "./runbook.server";

/** Every section of the runbook with the title and the address of what it tells of. */
export function readRunbookPage() {
  return readRunbook().map((section) => {
    const isPanel = section.kind === "panel";
    const subject = (isPanel ? panels : operations).find(({ id }) => id === section.id);
    return {
      ...section,
      title: subject?.title ?? section.id,
      to: isPanel ? `/database/${section.id}` : `/operations/new/${section.id}`,
    };
  });
}

export type RunbookRead = ReturnType<typeof readRunbookPage>;

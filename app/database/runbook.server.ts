import { readFileSync } from "node:fs";
import { join } from "node:path";

import { projectDirectory } from "../../db/environment";

export type RunbookSection = { id: string; kind: "panel" | "operation"; lines: { label: string; text: string }[] };

const kinds = { Panels: "panel", Operations: "operation" } as const;
let known: RunbookSection[] | undefined;

/** docs/runbook.md as the pages draw it: a section for each panel and each operation, in the order of the file. */
export function readRunbook(): readonly RunbookSection[] {
  known ??= parseRunbook(readFileSync(join(projectDirectory, "docs", "runbook.md"), "utf8"));
  return known;
}

/** Undefined where the runbook has no section of this id. */
export function findRunbookSection(id: string): RunbookSection | undefined {
  return readRunbook().find((section) => section.id === id);
}

/** Where a panel's or an operation's section is read in the console. */
export function runbookPath(id: string): string {
  return `/database/runbook#${id}`;
}

/** Reads `## Panels` and `## Operations`, below them `### id`, below that `- Label: text`. Throws on anything else. */
export function parseRunbook(text: string): RunbookSection[] {
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((chapter) => {
      const [heading = "", ...sections] = chapter.split(/^### /m);
      const kind = kinds[heading.trim() as keyof typeof kinds];
      if (!kind) throw new Error(`The runbook has a chapter that is none of its own: ${heading.trim()}.`);
      return sections.map((section) => {
        const [id = "", ...lines] = section.split("\n").filter((line) => line.trim() !== "");
        return { id: id.trim(), kind, lines: lines.map((line) => parseLine(id, line)) };
      });
    });
}

function parseLine(id: string, line: string): { label: string; text: string } {
  const [, label, text] = /^- ([A-Z][a-z ]+): (.+)$/.exec(line) ?? [];
  if (!label || !text) throw new Error(`A line of the runbook's section ${id} is not "- Label: text": ${line}`);
  return { label, text };
}

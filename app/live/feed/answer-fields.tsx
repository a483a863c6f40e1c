import type { FormEvent } from "react";

import type { FeedAlarm } from "./sort-feed";

/** The hidden fields of one answer to `alarms`. */
export function AnswerFields({ alarms, verb }: { alarms: readonly FeedAlarm[]; verb: string }) {
  return (
    <>
      {alarms.map(({ id }) => (
        <input key={id} type="hidden" name="alarm" value={id} />
      ))}
      <input type="hidden" name="verb" value={verb} />
    </>
  );
}

/** The button that was pressed goes away with its answer: the focus stays with the row, or goes on to the next. */
export function keepFocus(event: FormEvent<HTMLFormElement>): void {
  const form = event.currentTarget;
  const rows = [...(form.closest("[data-table]")?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const own = form.closest("li")?.querySelector<HTMLElement>("[data-row]");
  const leaves = new FormData(form).get("verb") === "snooze";
  const at = own ? rows.indexOf(own) : -1;
  const neighbour = rows[at + 1] ?? rows[at - 1];
  (leaves && neighbour ? neighbour : own)?.focus({ preventScroll: true });
}

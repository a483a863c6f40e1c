import { useEffect, useRef } from "react";

import { areSingleKeysOn, isDialogOpen, isTyping } from "~/ui/single-keys";
import type { Selection } from "../shift-table";

const shiftOf = (row: Element | undefined) => Number((row as HTMLElement | undefined)?.dataset.row);

/**
 * On a row of the table: `x` selects it or not, Shift x all from the row that was marked last, Shift j and Shift k the
 * row and the next or the one before, to which the focus goes. Escape selects none. Null where nobody may select.
 */
export function useSelectionKeys(selection: Selection | null): void {
  const latest = useRef(selection);
  latest.current = selection;
  const markedLast = useRef<number | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isOnMark = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
      if (!latest.current || event.defaultPrevented || isDialogOpen() || (isTyping(event) && !isOnMark)) return;
      const { ids, select } = latest.current;
      if (event.key === "Escape" && ids.length > 0) return select([]);
      const row = document.activeElement?.closest("[data-row]");
      const rows = [...(row?.closest("[data-table]")?.querySelectorAll("[data-row]") ?? [])];
      if (!row || !areSingleKeysOn()) return;
      const at = rows.indexOf(row);
      const mark = (from: number, until: number) => {
        const between = rows.slice(Math.min(from, until), Math.max(from, until) + 1).map(shiftOf);
        select([...ids, ...between.filter((id) => !ids.includes(id))]);
      };
      const step = { J: 1, K: -1 }[event.key];
      if (step !== undefined) {
        const next = rows[at + step];
        mark(at, next ? at + step : at);
        (next as HTMLElement | undefined)?.focus();
      } else if (event.key === "X") {
        const from = rows.findIndex((one) => shiftOf(one) === markedLast.current);
        mark(from === -1 ? at : from, at);
      } else if (event.key === "x") {
        const id = shiftOf(row);
        select(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
      } else return;
      markedLast.current = shiftOf(document.activeElement?.closest("[data-row]") ?? row);
      event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

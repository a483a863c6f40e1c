import { type RefObject, useEffect, useRef } from "react";

import { areSingleKeysOn, isDialogOpen, isTyping } from "./single-keys";

/** How the focus walks through rows of which only some are drawn. */
export type RowWalk = {
  count: number;
  /** Index of the row that has the focus; null where none has it. */
  at: () => number | null;
  goTo: (index: number) => void;
};

const pageRows = 10;

/**
 * `j` and `k` move the focus through the rows of a table, Enter opens the row's link; from a row on, so do the arrows,
 * Home, End and the page keys. The table that holds the focus listens; where none does, the first of the page. The
 * focus stays with its row while others come and go. `walk` is for a table that does not draw all of its rows.
 */
export function useRowKeys(table: RefObject<HTMLElement | null>, walk?: RowWalk): void {
  const latestWalk = useRef(walk);
  latestWalk.current = walk;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const own = table.current;
      if (!own || event.defaultPrevented || isTyping(event) || isDialogOpen()) return;
      const active = document.activeElement?.closest("[data-table]") ?? document.querySelector("[data-table]");
      if (active !== own) return;
      const row = document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;
      const isOnRow = row !== null && row === document.activeElement;
      if (event.key === "Enter" && isOnRow) {
        row.querySelector<HTMLAnchorElement>("a[href]")?.click();
        return;
      }
      const { count, at, goTo } = latestWalk.current ?? walkDrawn(own, row);
      const from = at();
      const to = isOnRow && !event.shiftKey ? stepByKey(event.key, from ?? 0, count) : undefined;
      const asked = to ?? (areSingleKeysOn() ? stepByLetter(event.key, from, count) : undefined);
      if (asked === undefined || count === 0) return;
      event.preventDefault();
      goTo(Math.min(count - 1, Math.max(0, asked)));
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [table]);
}

function stepByLetter(key: string, from: number | null, count: number): number | undefined {
  if (key === "j") return from === null ? 0 : from + 1;
  if (key === "k") return from === null ? count - 1 : from - 1;
  return undefined;
}

function stepByKey(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return from + 1;
    case "ArrowUp":
      return from - 1;
    case "PageDown":
      return from + pageRows;
    case "PageUp":
      return from - pageRows;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function walkDrawn(table: HTMLElement, row: HTMLElement | null): RowWalk {
  const rows = [...table.querySelectorAll<HTMLElement>("[data-row]")];
  return {
    count: rows.length,
    at: () => (row ? rows.indexOf(row) : null),
    goTo: (index) => {
      rows[index]?.focus({ preventScroll: true });
      rows[index]?.scrollIntoView({ block: "nearest" });
    },
  };
}

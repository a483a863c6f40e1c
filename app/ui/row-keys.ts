import { type RefObject, useEffect } from "react";

import { areSingleKeysOn, isDialogOpen, isTyping } from "./single-keys";

/**
 * `j` and `k` move the focus through the rows of a table, Enter opens the row's link. The table that holds the focus
 * listens; where none does, the first of the page. The focus stays with its row while others come and go.
 */
export function useRowKeys(table: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const own = table.current;
      if (!own || event.defaultPrevented || isTyping(event) || isDialogOpen()) return;
      const active = document.activeElement?.closest("[data-table]") ?? document.querySelector("[data-table]");
      if (active !== own) return;
      const row = document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;
      if (event.key === "Enter" && row && row === document.activeElement) {
        row.querySelector<HTMLAnchorElement>("a[href]")?.click();
        return;
      }
      if ((event.key !== "j" && event.key !== "k") || !areSingleKeysOn()) return;
      const rows = [...own.querySelectorAll<HTMLElement>("[data-row]")];
      const step = event.key === "j" ? 1 : -1;
      const at = row ? rows.indexOf(row) : step > 0 ? -1 : rows.length;
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (!next) return;
      event.preventDefault();
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [table]);
}

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";

import { flushSync } from "react-dom";

import { Button } from "~/ui/button";
import { BoardEmpty } from "./board-empty";
import { changeSearch } from "./board-filter";
import type { BoardView } from "./board-view";
import { type UseRowsInSight, useAllRows, useFirstRows } from "./row-sight";
import { ShiftRows } from "./shift-rows";
import { useFrozenOrder } from "./use-frozen-order";

/**
 * The map as a list, by time to breach or nearest first: the same shifts, the same selection. Its order stands still
 * while the pointer or the focus is inside.
 */
export function ShiftList({ view, now }: { view: BoardView; now: Date }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { useRowsInSight, focusedId } = useSight();
  const wanted = useSameIds(view.shown.map(({ shift }) => shift.id));
  const question = changeSearch(new URLSearchParams(), { ...view.filter }).toString();
  const isMeasured = view.near?.distances != null;
  const { ids, isHeld, updates, apply, region } = useFrozenOrder(wanted, `${question} ${isMeasured}`);
  const applyBy = ({ currentTarget, detail }: MouseEvent<HTMLButtonElement>) => {
    // The button goes away with the updates: by keyboard the focus goes on to the rows, by pointer it leaves.
    if (detail > 0) currentTarget.blur();
    else scroller.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus();
    apply();
  };
  const leaveOnEscape = ({ key, target }: KeyboardEvent<HTMLElement>) => {
    if (key === "Escape" && view.selectedId === null && target instanceof HTMLElement) target.blur();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the rows, which take the keys themselves.
    <div className="flex min-h-0 flex-1 flex-col" {...region} onKeyDown={leaveOnEscape} data-held={isHeld || undefined}>
      {ids.length === 0 ? (
        <BoardEmpty view={view} />
      ) : (
        <>
          <div className="flex h-9 shrink-0 items-center justify-between gap-2 border-b border-line bg-surface px-3 text-xs text-muted max-md:sticky max-md:top-12 max-md:z-10">
            <span>{isMeasured ? "Nearest first" : "By time to breach"}</span>
            {updates > 0 && (
              <Button tone="primary" size="sm" className="h-6 max-md:h-8" onClick={applyBy}>
                {updates === 1 ? "1 update" : `${updates} updates`}
              </Button>
            )}
          </div>
          <div ref={scroller} className="min-h-0 flex-1 md:overflow-y-auto">
            <ShiftRows
              key={useRowsInSight === useFirstRows ? "first" : "all"}
              {...{ view, now, ids, scroller, useRowsInSight, focusedId }}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** How to tell which rows are in sight: the first ones until the code for it has come, and which had the focus then. */
function useSight(): { useRowsInSight: UseRowsInSight; focusedId: number | null } {
  const [sight, setSight] = useState({ useRowsInSight: useFirstRows, focusedId: null as number | null });
  useEffect(() => {
    const drawBy = (next: { useRowsInSight: UseRowsInSight }) => {
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.shift : undefined;
      flushSync(() => setSight({ ...next, focusedId: focused ? Number(focused) : null }));
      if (focused) document.querySelector<HTMLElement>(`[data-row][data-shift="${focused}"]`)?.focus();
    };
    import("./use-rows-in-sight").then(drawBy, () => drawBy({ useRowsInSight: useAllRows }));
  }, []);
  return sight;
}

/** The same array while the ids are the same. */
function useSameIds(ids: readonly number[]): readonly number[] {
  const kept = useRef(ids);
  const isSame = ids.length === kept.current.length && ids.every((id, index) => id === kept.current[index]);
  if (!isSame) kept.current = ids;
  return kept.current;
}

import { type RefObject, useRef } from "react";

import { useIsHydrated } from "~/ui/clock";
import { useRowKeys } from "~/ui/row-keys";
import type { JudgedShift } from "./board";
import type { BoardView } from "./board-view";
import type { UseRowsInSight } from "./row-sight";
import { describeRow, ShiftRow } from "./shift-row";
import { useRowFocus } from "./use-row-focus";

/** The rows of `ids` that are in sight. One of them is the list's stop of the Tab key; the focus is never lost. */
export function ShiftRows({
  view,
  now,
  ids,
  scroller,
  useRowsInSight,
  focusedId,
}: {
  view: BoardView;
  now: Date;
  ids: readonly number[];
  scroller: RefObject<HTMLDivElement>;
  /** The same for as long as the rows are mounted. */
  useRowsInSight: UseRowsInSight;
  /** The shift whose row has the focus as the rows are mounted; null for none. */
  focusedId: number | null;
}) {
  const list = useRef<HTMLUListElement>(null);
  const isHydrated = useIsHydrated();
  const judgedOf = useLastKnown(view.byId, ids);

  const { place, goTo, onFocus, onBlur } = useRowFocus(list, ids, focusedId);
  const { rows, totalPixels, topOf, scrollTo, measure } = useRowsInSight(list, scroller, {
    count: ids.length,
    keyOf: (index) => ids[index] as number,
    pinned: place === -1 ? null : place,
  });
  // A row that is pressed is in sight already: only the keys scroll.
  const walkTo = (index: number) => {
    goTo(index);
    scrollTo(index);
  };
  useRowKeys(list, { count: ids.length, at: () => (place === -1 ? null : place), goTo: walkTo });

  const selectedPlace = view.selectedId === null ? -1 : ids.indexOf(view.selectedId);
  const tabStop = place !== -1 ? place : selectedPlace !== -1 ? selectedPlace : 0;
  const tabStopIsDrawn = rows.some(({ index }) => index === tabStop);
  return (
    <ul
      ref={list}
      data-table
      data-count={ids.length}
      aria-label="Shifts"
      onFocus={onFocus}
      onBlur={onBlur}
      className="relative m-0 list-none p-0"
      style={{ height: totalPixels }}
    >
      {rows.map((row, drawn) => {
        const one = judgedOf(ids[row.index] as number);
        if (!one) return null;
        const { id } = one.shift;
        const isTabStop = tabStopIsDrawn ? row.index === tabStop : drawn === 0;
        return (
          <li
            key={id}
            ref={measure}
            data-index={row.index}
            aria-setsize={ids.length}
            aria-posinset={row.index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${topOf(row)}px)` }}
          >
            <ShiftRow
              {...describeRow(one, now, view.near?.distances?.get(id))}
              to={view.hrefWith({ shiftId: id })}
              isSelected={id === view.selectedId}
              isGone={!view.byId.has(id)}
              tabIndex={isHydrated ? (isTabStop ? 0 : -1) : undefined}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** A shift as it is, or as it was last where it has left the board. */
function useLastKnown(byId: ReadonlyMap<number, JudgedShift>, ids: readonly number[]) {
  const known = useRef<ReadonlyMap<number, JudgedShift>>(byId);
  const last = useRef(byId);
  if (last.current !== byId) {
    const gone = ids.flatMap((id) => {
      const before = byId.has(id) ? undefined : known.current.get(id);
      return before ? [[id, before] as const] : [];
    });
    known.current = gone.length === 0 ? byId : new Map([...byId, ...gone]);
    last.current = byId;
  }
  return (id: number) => known.current.get(id);
}

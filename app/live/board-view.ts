import { useLocation, useSearchParams } from "@remix-run/react";
import { useCallback, useMemo, useRef } from "react";

import type { ShiftState } from "../../db/rules/live/shift-states";
import { compareBreaches } from "../../db/rules/live/time-to-breach";
import { type BoardShift, countStates } from "./board";
import {
  type BoardFilter,
  changeSearch,
  compileFilter,
  type FilterPart,
  filterParts,
  listFilterParts,
  readBoardFilter,
  readSelection,
  type SearchChange,
  toggleState,
} from "./board-filter";
import { countBy } from "./count-by";
import { type JudgedShift, judgeShift } from "./judge-shift";
import { type Near, useNear } from "./use-near";
import { useSearchChange } from "./use-search-change";

/** The board as the URL asks for it, and how to ask for something else. Nothing of the view lives outside the URL. */
export function useBoardView(shifts: readonly BoardShift[], now: Date) {
  const [search] = useSearchParams();
  const filter = useMemo(() => readBoardFilter(search), [search]);
  const selectedId = readSelection(search);

  const judged = useJudged(shifts, now);
  const near = useNear(filter.near, filter.radius, search.get("at"));
  const found = useMemo(() => filterBoard(judged, filter, near?.distances ?? null), [judged, filter, near?.distances]);
  const byId = useMemo(() => new Map(judged.map((one) => [one.shift.id, one])), [judged]);

  const changeAddress = useSearchChange();
  const { pathname } = useLocation();
  const hrefWith = useCallback(
    (change: SearchChange) => `${pathname}?${changeSearch(search, change)}`,
    [pathname, search],
  );
  const change = useCallback(
    (asked: SearchChange) => changeAddress((search) => changeSearch(search, asked)),
    [changeAddress],
  );
  const toggle = useCallback(
    (state: ShiftState) => changeAddress((search) => toggleState(search, state)),
    [changeAddress],
  );
  const isMeasuring = near !== null && near.distances === null;
  return {
    filter,
    near,
    ...found,
    /** In the order of the list. Empty until the distances of a place are known. */
    shown: isMeasuring ? none : found.shown,
    judged,
    byId,
    /** True where the URL asks for another moment than now. */
    isPast: search.has("at"),
    selectedId,
    selected: (selectedId !== null && byId.get(selectedId)) || null,
    hrefWith,
    change,
    toggle,
  };
}

export type BoardView = ReturnType<typeof useBoardView>;
export type { Near };

const none: JudgedShift[] = [];

/** By time to breach; the same array while nothing of any shift changed. */
function useJudged(shifts: readonly BoardShift[], now: Date): readonly JudgedShift[] {
  const kept = useRef<{ asGiven: JudgedShift[]; ordered: JudgedShift[] }>({ asGiven: [], ordered: [] });
  const asGiven = shifts.map((shift) => judgeShift(shift, now));
  const isSame =
    asGiven.length === kept.current.asGiven.length &&
    asGiven.every((one, index) => one === kept.current.asGiven[index]);
  if (!isSame) kept.current = { asGiven, ordered: [...asGiven].sort(compareBreaches) };
  return kept.current.ordered;
}

/** What passes, and how many would pass for each choice of a part while the others stay. */
function filterBoard(judged: readonly JudgedShift[], filter: BoardFilter, distances: Near["distances"]) {
  const passes = compileFilter(filter, distances);
  const without = (part: FilterPart) => judged.filter((one) => passes(one, part));
  const passing = judged.filter((one) => passes(one));
  return {
    shown: distances ? nearestFirst(passing, distances) : passing,
    counts: countStates(without("state")),
    regions: countBy(without("region"), ({ shift }) => shift.location.region),
    clients: countBy(without("client"), ({ shift }) => shift.client),
    /** What the list would show without each part that is set, most first. */
    loosened: listFilterParts(filter)
      .map((part) => ({ part, change: filterParts[part], count: without(part).length }))
      .sort((one, other) => other.count - one.count),
  };
}

function nearestFirst(judged: readonly JudgedShift[], distances: ReadonlyMap<number, number>): JudgedShift[] {
  const metersTo = ({ shift }: JudgedShift) => distances.get(shift.id) ?? Number.POSITIVE_INFINITY;
  return [...judged].sort((one, other) => metersTo(one) - metersTo(other) || one.shift.id - other.shift.id);
}

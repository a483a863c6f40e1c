import { useLocation, useNavigate, useSearchParams } from "@remix-run/react";
import { useCallback, useMemo } from "react";

import { type BoardShift, countStates, judgeBoard } from "./board";
import {
  changeSearch,
  matchesPlaceAndText,
  matchesState,
  readBoardFilter,
  readSelection,
  type SearchChange,
} from "./board-filter";

/** The board as the URL asks for it, and how to ask for something else. Nothing of the view lives outside the URL. */
export function useBoardView(shifts: readonly BoardShift[], now: Date) {
  const [search] = useSearchParams();
  const filter = useMemo(() => readBoardFilter(search), [search]);
  const selectedId = readSelection(search);

  const judged = judgeBoard(shifts, now);
  const inPlace = judged.filter(({ shift }) => matchesPlaceAndText(shift, filter));
  const regions = [...new Set(shifts.flatMap(({ location }) => location.region ?? []))].sort();

  const navigate = useNavigate();
  const { pathname } = useLocation();
  const hrefWith = useCallback(
    (change: SearchChange) => `${pathname}?${changeSearch(search, change)}`,
    [pathname, search],
  );
  const change = useCallback(
    (asked: SearchChange) => navigate(hrefWith(asked), { replace: true, preventScrollReset: true }),
    [navigate, hrefWith],
  );
  return {
    filter,
    regions,
    counts: countStates(inPlace),
    shown: inPlace.filter((one) => matchesState(one, filter)),
    judged,
    selectedId,
    selected: judged.find(({ shift }) => shift.id === selectedId) ?? null,
    hrefWith,
    change,
  };
}

export type BoardView = ReturnType<typeof useBoardView>;

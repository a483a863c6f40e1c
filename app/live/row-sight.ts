import type { RefObject } from "react";

export const rowPixels = 53;

/** More than a tall screen shows. */
const firstRows = 32;

export type RowsInSight = {
  rows: { index: number }[];
  totalPixels: number;
  /** Top of a row within the list. */
  topOf: (row: { index: number }) => number;
  scrollTo: (index: number) => void;
  measure: (element: Element | null) => void;
};

export type UseRowsInSight = (
  list: RefObject<HTMLElement>,
  scroller: RefObject<HTMLElement>,
  rows: { count: number; keyOf: (index: number) => number; pinned: number | null },
) => RowsInSight;

/** What the server draws, and the browser until it can tell which rows are in sight. */
export const useFirstRows: UseRowsInSight = (_list, _scroller, { count, pinned }) => drawn(count, firstRows, pinned);

/** All rows, where the browser could not learn to tell. */
export const useAllRows: UseRowsInSight = (_list, _scroller, { count }) => drawn(count, count, null);

function drawn(count: number, most: number, pinned: number | null): RowsInSight {
  const first = Array.from({ length: Math.min(count, most) }, (_, index) => ({ index }));
  return {
    rows: pinned !== null && pinned >= first.length && pinned < count ? [...first, { index: pinned }] : first,
    totalPixels: count * rowPixels,
    topOf: ({ index }) => index * rowPixels,
    scrollTo: () => {},
    measure: () => {},
  };
}

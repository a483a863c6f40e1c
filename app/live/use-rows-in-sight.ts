import { useVirtualizer, useWindowVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useState, useSyncExternalStore } from "react";

import { useBeforePaint } from "~/ui/use-before-paint";

export const rowPixels = 53;
const overscan = 8;
/** What the server draws: more than a tall screen shows. */
const initialRect = { width: 480, height: 1200 };

const wide = "(min-width: 48rem)";

export type RowsInSight = {
  rows: VirtualItem[];
  totalPixels: number;
  /** Top of a row within the list. */
  topOf: (row: VirtualItem) => number;
  scrollTo: (index: number) => void;
  measure: (element: Element | null) => void;
};

/**
 * Which of `count` rows to draw: those in sight of the scroller and a few around, and the row `pinned`, wherever it is,
 * so that it keeps the focus. On a narrow screen the whole page scrolls.
 */
export function useRowsInSight(
  list: RefObject<HTMLElement>,
  scroller: RefObject<HTMLElement>,
  { count, keyOf, pinned }: { count: number; keyOf: (index: number) => number; pinned: number | null },
): RowsInSight {
  const isWide = useIsWide();
  const [scrollMargin, setScrollMargin] = useState(0);
  useBeforePaint(() => {
    if (isWide || !list.current) return;
    setScrollMargin(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
  });
  const shared = {
    count,
    getItemKey: keyOf,
    estimateSize: () => rowPixels,
    overscan,
    rangeExtractor: ({ startIndex, endIndex }: { startIndex: number; endIndex: number }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const drawn = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      if (pinned === null || pinned >= count || (pinned >= first && pinned <= last)) return drawn;
      return pinned < first ? [pinned, ...drawn] : [...drawn, pinned];
    },
  };
  const inElement = useVirtualizer<HTMLElement, Element>({
    ...shared,
    enabled: isWide,
    getScrollElement: () => scroller.current,
    initialRect,
  });
  const inWindow = useWindowVirtualizer<Element>({ ...shared, enabled: !isWide, scrollMargin });
  const virtualizer = isWide ? inElement : inWindow;
  return {
    rows: virtualizer.getVirtualItems(),
    totalPixels: virtualizer.getTotalSize(),
    topOf: ({ start }) => start - (isWide ? 0 : scrollMargin),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
    measure: virtualizer.measureElement,
  };
}

function useIsWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(wide);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(wide).matches,
    () => true,
  );
}

import { useVirtualizer, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useState, useSyncExternalStore } from "react";

import { useBeforePaint } from "~/ui/use-before-paint";
import { rowPixels, type UseRowsInSight } from "./row-sight";

const overscan = 8;
/** Taken for the room of the list until it is measured. */
const initialRect = { width: 480, height: 1200 };

const wide = "(min-width: 48rem)";

/**
 * Which of `count` rows to draw: those in sight of the scroller and a few around, and the row `pinned`, wherever it is,
 * so that it keeps the focus. On a narrow screen the whole page scrolls.
 */
export const useRowsInSight: UseRowsInSight = (list, scroller, { count, keyOf, pinned }) => {
  const isWide = useIsWide();
  const [scrollMargin, setScrollMargin] = useState(0);
  useBeforePaint(() => {
    if (isWide) return;
    const measureMargin = () => {
      if (list.current) setScrollMargin(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
    };
    measureMargin();
    const observer = new ResizeObserver(measureMargin);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [isWide, list]);
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
  const rows = virtualizer.getVirtualItems();
  const tops = new Map(rows.map(({ index, start }) => [index, start - (isWide ? 0 : scrollMargin)]));
  return {
    rows,
    totalPixels: virtualizer.getTotalSize(),
    topOf: ({ index }) => tops.get(index) ?? 0,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
    measure: virtualizer.measureElement,
  };
};

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

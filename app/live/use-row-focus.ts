import { type FocusEvent, type RefObject, useRef, useState } from "react";

import { useBeforePaint } from "~/ui/use-before-paint";

/**
 * Where the focus is among rows that come and go. `place` is the index of the row that has it or had it last, -1 for
 * none, at first that of `firstId`. A row that goes away hands it to the one that takes its place.
 */
export function useRowFocus(list: RefObject<HTMLElement>, ids: readonly number[], firstId: number | null) {
  const [focusedId, setFocusedId] = useState(firstId);
  const isInside = useRef(false);
  const wantedId = useRef<number | null>(null);
  const lastPlace = useRef(0);
  const place = focusedId === null ? -1 : ids.indexOf(focusedId);

  const focusRow = (id: number) => {
    const row = list.current?.querySelector<HTMLElement>(`[data-shift="${id}"]`);
    row?.focus({ preventScroll: true });
    return row !== undefined && row !== null;
  };
  const goTo = (index: number) => {
    const id = ids[Math.max(0, Math.min(index, ids.length - 1))];
    if (id === undefined) return;
    wantedId.current = id;
    setFocusedId(id);
    if (id === focusedId && focusRow(id)) wantedId.current = null;
  };

  useBeforePaint(() => {
    if (wantedId.current !== null && focusRow(wantedId.current)) wantedId.current = null;
    if (!isInside.current) return;
    if (place === -1) goTo(lastPlace.current);
    else if (document.activeElement === document.body && focusedId !== null) focusRow(focusedId);
    if (place !== -1) lastPlace.current = place;
  });

  return {
    place,
    goTo,
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      const id = Number(target.dataset.shift);
      if (!id) return;
      isInside.current = true;
      setFocusedId(id);
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (!currentTarget.contains(relatedTarget)) isInside.current = false;
    },
  };
}

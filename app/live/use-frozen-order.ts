import { type FocusEvent, type RefObject, useEffect, useMemo, useReducer, useRef, useState } from "react";

import { countUpdates } from "./order-updates";

export type FrozenOrder = {
  /** Rows in the order that stands. */
  ids: readonly number[];
  /** True while the pointer or the focus is inside and the order stands still. */
  isHeld: boolean;
  /** Rows that would move, appear or vanish if it did not. */
  updates: number;
  /** Lets the order be what it would be. */
  apply: () => void;
  /** For the element that holds the order while the pointer or the focus is inside. */
  region: {
    ref: RefObject<HTMLDivElement>;
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: (event: FocusEvent<HTMLElement>) => void;
  };
};

/** Holds the order of `wanted` while somebody's hand is on it. Another `question` is answered at once. */
export function useFrozenOrder(wanted: readonly number[], question: string): FrozenOrder {
  const [hand, setHand] = useState({ isPointerIn: false, isFocusIn: false });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const frozen = useRef<{ ids: readonly number[]; question: string } | null>(null);
  const isHeld = hand.isPointerIn || hand.isFocusIn;
  if (!isHeld) frozen.current = null;
  else if (frozen.current?.question !== question) frozen.current = { ids: wanted, question };
  const ref = useRef<HTMLDivElement>(null);
  // What had the focus may have been taken away, and no event tells.
  useEffect(() => {
    if (hand.isFocusIn && !ref.current?.contains(document.activeElement)) {
      setHand((before) => ({ ...before, isFocusIn: false }));
    }
  });

  const ids = frozen.current?.ids ?? wanted;
  return {
    ids,
    isHeld,
    updates: useMemo(() => countUpdates(ids, wanted), [ids, wanted]),
    apply: () => {
      frozen.current = isHeld ? { ids: wanted, question } : null;
      redraw();
    },
    region: {
      ref,
      onPointerEnter: () => setHand((before) => ({ ...before, isPointerIn: true })),
      onPointerLeave: () => setHand((before) => ({ ...before, isPointerIn: false })),
      onFocus: () => setHand((before) => (before.isFocusIn ? before : { ...before, isFocusIn: true })),
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setHand((before) => ({ ...before, isFocusIn: false }));
      },
    },
  };
}

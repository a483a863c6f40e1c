import { useRef, useState } from "react";

import { useBeforePaint } from "~/ui/use-before-paint";
import type { Board } from "../board";
import { frameFor, type Speed, wantedFrames } from "./playback";
import { useFrames } from "./use-frames";
import type { Travel } from "./use-travel";

const tickMs = 250;
/** The address follows a journey that plays, not at every step. */
const addressMs = 5000;
const none: number[] = [];

export type PastReading = {
  board: Board;
  /** The moment that is viewed. */
  moment: Date;
  /** The moment of what is shown: that which is viewed, unless it waits. */
  now: Date;
  /** The board of this moment has not come yet: what is shown is of another. */
  isWaiting: boolean;
  /** Why it has not come; null where it has, or is on its way. */
  failure: string | null;
};

/**
 * The board of the moment that the address names, going on from there while it plays, until it reaches the present.
 * In the present it rests.
 */
export function usePastBoard(initial: Board, { at, speed, travel, tellMoment }: Travel): PastReading {
  const startMs = (at ?? initial.asOf).getTime();
  const [momentMs, setMomentMs] = useState(startMs);
  const [shownMs, setShownMs] = useState<number | null>(null);
  const seen = useRef(startMs);
  const told = useRef(startMs);
  if (startMs !== seen.current) {
    seen.current = startMs;
    // A journey that plays tells the address where it is; that is no jump.
    if (startMs !== told.current) {
      told.current = startMs;
      setMomentMs(startMs);
    }
  }
  const { frames, failure } = useFrames(initial, at ? wantedFrames(momentMs, speed, shownMs) : none);
  const frame = frameFor(frames.keys(), momentMs, speed);
  if (frame !== shownMs) setShownMs(frame);

  const last = useRef(initial);
  if (!at) last.current = initial;
  const found = frame === null ? undefined : frames.get(frame);
  if (found) last.current = found;

  usePlaying(speed, frame !== null, (passedMs) => {
    const next = momentMs + passedMs;
    if (next >= Date.now()) return travel({ at: null, speed: null });
    setMomentMs(next);
    if (next - told.current >= addressMs * (speed ?? 1)) {
      told.current = Math.floor(next / 1000) * 1000;
      tellMoment(new Date(told.current));
    }
  });
  return {
    board: found ?? last.current,
    moment: new Date(momentMs),
    now: found ? new Date(momentMs) : last.current.asOf,
    isWaiting: found === undefined,
    failure,
  };
}

/** Calls `onPass` with the milliseconds of the board that went by, while it plays and its frames are there. */
function usePlaying(speed: Speed | null, isReady: boolean, onPass: (passedMs: number) => void): void {
  const call = useRef(onPass);
  call.current = onPass;
  // Ends with the drawing that pauses: a tick after it would move what stands still.
  useBeforePaint(() => {
    if (speed === null || !isReady) return;
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      call.current((now - before) * speed);
      before = now;
    }, tickMs);
    return () => clearInterval(timer);
  }, [speed, isReady]);
}

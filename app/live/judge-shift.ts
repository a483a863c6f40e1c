import { judgeLiveState, type LiveState } from "../../db/rules/live/live-state";
import { nextChangeAt } from "../../db/rules/live/next-change";
import { type Breach, judgeBreach } from "../../db/rules/live/time-to-breach";
import type { BoardShift } from "./board";

export type JudgedShift = { shift: BoardShift } & LiveState & { breach: Breach };

type Kept = { judged: JudgedShift; fromTime: number; untilTime: number };

const kept = new WeakMap<BoardShift, Kept>();

/** The state and the breach of a shift at `asOf`: the same object for as long as nothing of it changes. */
export function judgeShift(shift: BoardShift, asOf: Date): JudgedShift {
  const known = kept.get(shift);
  const time = asOf.getTime();
  if (known && known.fromTime <= time && time < known.untilTime) return known.judged;
  const state = judgeLiveState(shift, asOf);
  const judged = { shift, ...state, breach: judgeBreach(shift, state) };
  const untilTime = nextChangeAt(shift, asOf)?.getTime() ?? Number.POSITIVE_INFINITY;
  kept.set(shift, { judged, fromTime: time, untilTime });
  return judged;
}

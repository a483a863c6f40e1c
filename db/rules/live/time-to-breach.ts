import {
  defaultThresholds,
  type LiveState,
  type LiveThresholds,
  signOffMarginSeconds,
  staleAfterSeconds,
  type WatchedShift,
} from "./live-state";
import { rankOf, type ShiftState } from "./shift-states";

/** What a shift loses next, or has lost. */
export type Breach =
  | { kind: "breached"; sinceAt: Date }
  /** `state` is what the shift turns into at `at` if nothing happens until then. */
  | {
      kind: "ahead";
      at: Date;
      state: ShiftState;
      /** At `at` the best candidate must have left: the shift is lost then, and seen to be when it starts. */
      isNoReturn?: true;
    }
  /** Nothing can be lost any more, or nothing can be told. */
  | { kind: "none" };

/**
 * The breach of a shift whose live state is known: since when it lasts, or when the next one comes if nothing happens.
 * A guard who is not in yet is late 5 minutes after the start; a post that nobody has is unfilled at its start, and lost
 * when the best candidate must have left; a guard who came falls silent. The end of the shift takes every breach away but those that last.
 */
export function judgeBreach(
  shift: WatchedShift,
  { state, sinceAt }: LiveState,
  thresholds: LiveThresholds = defaultThresholds,
): Breach {
  const { startAt, endAt, isAssigned, arrivedAt, presence } = shift;
  if (isBreached(state)) return { kind: "breached", sinceAt: sinceAt ?? startAt };
  if (state === "completed") return { kind: "none" };
  if (!isAssigned) {
    const { noReturnAt } = shift;
    return noReturnAt
      ? { kind: "ahead", at: noReturnAt, state: "unfilled", isNoReturn: true }
      : { kind: "ahead", at: startAt, state: "unfilled" };
  }
  if (!arrivedAt) return { kind: "ahead", at: later(startAt, thresholds.lateAfterSeconds), state: "late" };
  const { last, leftAt } = presence;
  const isGone = last?.kind === "out" ? last.at < later(endAt, -signOffMarginSeconds) : leftAt !== null;
  if (isGone) return { kind: "ahead", at: startAt, state: "outside" };
  if (last?.kind === "out") return { kind: "none" };
  const staleAt = later(last?.at ?? arrivedAt, staleAfterSeconds(thresholds.cadenceSeconds));
  const at = staleAt > startAt ? staleAt : startAt;
  return at < endAt ? { kind: "ahead", at, state: "stale" } : { kind: "none" };
}

/** Something is lost while a shift is in this state; of one that is unobserved, sight of it. */
export function isBreached(state: ShiftState): boolean {
  return rankOf(state) <= rankOf("unobserved");
}

export type Ordered = { shift: { id: number }; state: ShiftState; breach: Breach };

/**
 * Negative where `one` comes before `other`: what is lost first, worst state and longest loss leading; then what is
 * lost soonest; then the rest by state. Ties by id.
 */
export function compareBreaches(one: Ordered, other: Ordered): number {
  const [a, b] = [one.breach, other.breach];
  if (a.kind !== b.kind) return groups[a.kind] - groups[b.kind];
  const byState = rankOf(one.state) - rankOf(other.state);
  const order =
    a.kind === "ahead" && b.kind === "ahead"
      ? +a.at - +b.at
      : a.kind === "breached" && b.kind === "breached"
        ? byState || +a.sinceAt - +b.sinceAt
        : byState;
  return order || one.shift.id - other.shift.id;
}

const groups: Record<Breach["kind"], number> = { breached: 0, ahead: 1, none: 2 };

function later(at: Date, seconds: number): Date {
  return new Date(+at + seconds * 1000);
}

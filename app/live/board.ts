import { judgeLiveState, type LiveState, type WatchedShift } from "../../db/rules/live/live-state";
import { rankOf, type ShiftState } from "../../db/rules/live/shift-states";

/** A shift of the board: what its live state is judged from, and what names it. Says nothing of where the guard is. */
export type BoardShift = WatchedShift & {
  id: number;
  post: string;
  guardName: string | null;
  company: string;
  client: string;
  location: {
    name: string;
    city: string;
    region: string | null;
    longitude: number;
    latitude: number;
    radiusMeters: number;
    timeZone: string;
  };
  incident: string | null;
};

export type Board = { asOf: Date; shifts: BoardShift[] };

export type JudgedShift = { shift: BoardShift } & LiveState;

/** Every shift with its state at `asOf`, most urgent first. */
export function judgeBoard(shifts: readonly BoardShift[], asOf: Date): JudgedShift[] {
  return shifts
    .map((shift) => ({ shift, ...judgeLiveState(shift, asOf) }))
    .sort(
      (one, other) =>
        rankOf(one.state) - rankOf(other.state) || urgency(one) - urgency(other) || one.shift.id - other.shift.id,
    );
}

/** Within a state: what lasts longest, and before the start what starts first. */
function urgency({ shift, state, sinceAt }: JudgedShift): number {
  return state === "at-risk" || !sinceAt ? shift.startAt.getTime() : sinceAt.getTime();
}

export function countStates(judged: readonly JudgedShift[]): Map<ShiftState, number> {
  const counts = new Map<ShiftState, number>();
  for (const { state } of judged) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

import type { RecordExtent } from "../../db/live/get-record-extent";
import type { WatchedShift } from "../../db/rules/live/live-state";
import type { ShiftState } from "../../db/rules/live/shift-states";
import { compareBreaches } from "../../db/rules/live/time-to-breach";
import { type JudgedShift, judgeShift } from "./judge-shift";

export type { JudgedShift } from "./judge-shift";

/** A shift of the board: what its live state is judged from, and what names it. Says nothing of where the guard is. */
export type BoardShift = WatchedShift & {
  id: number;
  post: string;
  /** Null while nobody has the shift. */
  guardId: number | null;
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

export type Board = {
  asOf: Date;
  shifts: BoardShift[];
  /** Of a board of the past: how much of it is on record. Null for the present. */
  past: RecordExtent | null;
  /** Where the stream goes on from this board; null where there is none to follow, as for the past. */
  cursor: string | null;
  /** The revision of what the console itself knows of the shifts. Null for the past. */
  marks: string | null;
};

/** Every shift with its state at `asOf`, by time to breach: what is lost first, then what is lost soonest. */
export function judgeBoard(shifts: readonly BoardShift[], asOf: Date): JudgedShift[] {
  return shifts.map((shift) => judgeShift(shift, asOf)).sort(compareBreaches);
}

export function countStates(judged: readonly JudgedShift[]): Map<ShiftState, number> {
  const counts = new Map<ShiftState, number>();
  for (const { state } of judged) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

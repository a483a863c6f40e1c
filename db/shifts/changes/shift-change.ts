import type { ShiftStatus } from "../shift-filter";

/** Who had a shift and in which state, before and after a change of the console; names as they were then. */
export type Standing = {
  status: ShiftStatus;
  guardId: number | null;
  guardName: string | null;
  /** ISO instants. */
  startAt: string;
  endAt: string;
};

/** What an operation made of one shift. */
export type ShiftChange = {
  shiftId: number;
  /** The version that the shift had after it. */
  version: number;
  reason: string;
  before: Standing;
  after: Standing;
};

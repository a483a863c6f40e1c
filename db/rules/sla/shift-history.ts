import type { Span } from "./facts";
import type { PackedCheckin } from "./packed-checkin";

/** What is on record of a shift. Instants are whole epoch seconds. */
export type ShiftHistory = {
  startAt: number;
  endAt: number;
  headcount: number;
  status: "draft" | "published" | "assigned" | "active" | "completed" | "cancelled";
  cancelReason: string | null;
  publishedAt: number | null;
  cancelledAt: number | null;
  /** In the order of their begins. */
  assignments: AssignmentHistory[];
  /** By guard, in any order; those that are heard from an hour before the start on. */
  checkins: ReadonlyMap<number, readonly PackedCheckin[]>;
  incidents: { reportedAt: number; acknowledgedAt: number | null; onSceneAt: number | null }[];
  /** What an outage of the platform hid. */
  unobserved: Span[];
};

export type AssignmentHistory = {
  guardId: number;
  /** Null where it is not on record. */
  beganAt: number | null;
  /** Null while it stands. */
  endedAt: number | null;
  endedReason: string | null;
};

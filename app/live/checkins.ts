import type { LocatedCheckin } from "../../db/live/list-recent-checkins";
import type { Point } from "../../db/schema/geography";

export type ListedCheckin = Omit<LocatedCheckin, "point" | "guardId">;

/** The last check-ins of one shift, newest first, of the shift and 30 minutes around it. */
export type CheckinsOfShift = {
  shiftId: number;
  asOf: Date;
  checkins: ListedCheckin[];
  /** Where the newest check-in stands; null where there is none. */
  lastPosition: (Point & { accuracyMeters: number | null }) | null;
};

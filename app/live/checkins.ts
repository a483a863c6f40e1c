import type { ShiftDetail } from "../../db/live/get-shift-detail";
import type { LocatedCheckin } from "../../db/live/list-recent-checkins";
import type { WorkedSpan } from "../../db/rules/live/worked-spans";
import type { Point } from "../../db/schema/geography";

export type ListedCheckin = Omit<LocatedCheckin, "point" | "guardId" | "radiusMeters" | "endAt">;

/** One position of a trail, by the time of the fix. */
export type TrailPosition = Point & { at: Date; accuracyMeters: number | null };

/** What one shift heard of its guard, of the shift and 30 minutes around it. */
export type CheckinsOfShift = {
  shiftId: number;
  asOf: Date;
  /** The last ones, newest first. */
  checkins: ListedCheckin[];
  /** Where the guard was, oldest first. */
  worked: WorkedSpan[];
  /** Where the newest check-in stands; null where there is none. */
  lastPosition: (Point & { accuracyMeters: number | null }) | null;
  /** The positions of the last 30 minutes, oldest first; null where nobody follows the guard. */
  trail: TrailPosition[] | null;
};

/** What the board does not carry of one shift, and whether who looks may give it to another guard now. */
export type DetailOfShift = ShiftDetail & {
  mayReplace: boolean;
  /** Of a shift that nobody has: who could be there first, as found last. Null where nobody looked. */
  reach: Reach | null;
};

export type Reach = {
  /** Null where nobody can; so is the way. */
  guardName: string | null;
  travelSeconds: number | null;
  canCount: number;
  computedAt: Date;
};

import type { LocatedCheckin } from "../../db/live/list-recent-checkins";

/** The last check-ins of one shift, newest first, of the shift and 30 minutes around it. */
export type CheckinsOfShift = { shiftId: number; asOf: Date; checkins: LocatedCheckin[] };

import type { Database } from "../../db/connections";
import { listShiftsAround } from "../../db/live/list-shifts-around";
import { watchedShift } from "../../db/live/watched-shift";
import type { BoardShift } from "./board";

/**
 * The shifts of the board of `asOf`, or those of `shiftIds` that are on it; with `isPast` as they stood then. Where
 * guards are stays here; what it says about their posts leaves.
 */
export async function readBoardShifts(
  db: Database,
  asked: { asOf: Date; shiftIds?: readonly number[]; isPast?: boolean },
): Promise<BoardShift[]> {
  const shifts = await listShiftsAround(db, asked);
  return shifts.map((shift) => {
    const { id, post, guard, company, client, openIncident } = shift;
    const { point, id: _, ...location } = shift.location;
    return {
      ...watchedShift(shift),
      id,
      post,
      guardId: guard?.id ?? null,
      guardName: guard?.fullName ?? null,
      company,
      client,
      location: { ...location, ...point },
      incident: openIncident?.summary ?? null,
    };
  });
}

import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import { recordTrailRead } from "../../db/console/record-trail-read";
import { listTrail } from "../../db/shifts/list-shift-events";
import { requireShift } from "./read-shift.server";
import type { Trail } from "./trail";

/** Every position of a shift and 30 minutes around it, oldest first. That somebody looks is on record before it is shown. */
export async function readTrail(shiftId: string | undefined, { staff }: SignedIn): Promise<Trail> {
  const shift = await requireShift(shiftId);
  const positions = await listTrail(securyflex("console_read"), shift.id);
  const { point, radiusMeters, timeZone } = shift.location;
  if (positions.length > 0) {
    await recordTrailRead(consoleDatabase(), {
      staffId: staff.id,
      shiftId: shift.id,
      guardId: shift.guard?.id ?? null,
      checkinCount: positions.length,
      hasPositions: true,
      requestId: currentRequest()?.requestId ?? null,
    });
  }
  return {
    shiftId: shift.id,
    positions: positions.map(({ guardId: _, ...position }) => position),
    post: { ...point, radiusMeters },
    timeZone,
  };
}

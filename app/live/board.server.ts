import { data } from "@remix-run/node";

import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import { recordTrailRead } from "../../db/console/record-trail-read";
import { readPosition } from "../../db/live/feed/feed-position";
import { getRecordExtent } from "../../db/live/get-record-extent";
import { listRecentCheckins } from "../../db/live/list-recent-checkins";
import type { Board } from "./board";
import { readBoardShifts } from "./board-shifts.server";
import type { CheckinsOfShift } from "./checkins";
import { readMoment } from "./time-travel/moment";

/**
 * The shifts within two hours of the moment that the address names, as they stood then; of now where it names none.
 * Throws 400 for a moment that cannot be shown.
 */
export async function readBoard(request: Request): Promise<Board> {
  const at = askedMoment(request);
  const db = securyflex("console_read");
  if (at) {
    const [shifts, past] = await Promise.all([
      readBoardShifts(db, { asOf: at, isPast: true }),
      getRecordExtent(db, { asOf: at }),
    ]);
    return { asOf: at, past, shifts, cursor: null };
  }
  const { position, asOf } = await readPosition(db);
  return { asOf, past: null, shifts: await readBoardShifts(db, { asOf }), cursor: position };
}

/** The moment of `?at=`; null for the present. */
function askedMoment(request: Request): Date | null {
  const asked = readMoment(new URL(request.url).searchParams.get("at"), new Date());
  if ("refusal" in asked) throw data(asked.refusal, { status: 400 });
  return asked.at;
}

/**
 * The last check-ins of one shift, newest first. Looking at them is looking at a guard's trail: it is on record before
 * it is shown, and only the last position leaves. Throws 404 for what is no shift's id.
 */
export async function readCheckins(shiftId: string | undefined, { staff }: SignedIn): Promise<CheckinsOfShift> {
  if (!shiftId || !/^[1-9]\d{0,14}$/.test(shiftId)) {
    throw data({ title: "There is no such shift", message: "A shift is named by its number." }, { status: 404 });
  }
  const asOf = new Date();
  const checkins = await listRecentCheckins(securyflex("console_read"), { shiftId: Number(shiftId), asOf });
  const [last] = checkins;
  if (last) {
    await recordTrailRead(consoleDatabase(), {
      staffId: staff.id,
      shiftId: Number(shiftId),
      guardId: last.guardId,
      checkinCount: checkins.length,
      requestId: currentRequest()?.requestId ?? null,
    });
  }
  return {
    shiftId: Number(shiftId),
    asOf,
    checkins: checkins.map(({ point: _, guardId: __, ...checkin }) => checkin),
    lastPosition: last ? { ...last.point, accuracyMeters: last.accuracyMeters } : null,
  };
}

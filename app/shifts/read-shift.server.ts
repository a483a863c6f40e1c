import { data } from "@remix-run/node";

import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import { recordTrailRead } from "../../db/console/record-trail-read";
import { judgeCertificate } from "../../db/rules/shifts/certificates";
import { tellTimeline } from "../../db/rules/shifts/timeline";
import { getShift } from "../../db/shifts/get-shift";
import { listShiftCheckins, listShiftIncidents, listShiftPayments } from "../../db/shifts/list-shift-events";

/**
 * A shift with its story. Looking at check-ins is looking at a guard's trail: it is on record before it is shown.
 * Throws 404 for what is no shift.
 */
export async function readShift(shiftId: string | undefined, { staff }: SignedIn) {
  const id = shiftId && /^[1-9]\d{0,14}$/.test(shiftId) ? Number(shiftId) : undefined;
  const db = securyflex("console_read");
  const shift = id === undefined ? undefined : await getShift(db, id);
  if (!shift) {
    throw data(
      { title: "There is no such shift", message: "It may have been removed, or the number was mistyped." },
      { status: 404 },
    );
  }
  const [checkins, incidents, payments] = await Promise.all([
    listShiftCheckins(db, shift.id),
    listShiftIncidents(db, shift.id),
    listShiftPayments(db, shift.id),
  ]);
  if (checkins.length > 0) {
    await recordTrailRead(consoleDatabase(), {
      staffId: staff.id,
      shiftId: shift.id,
      guardId: shift.guard?.id ?? null,
      checkinCount: checkins.length,
      requestId: currentRequest()?.requestId ?? null,
    });
  }
  const readAt = new Date();
  const { guard, endAt } = shift;
  return {
    shift,
    certificates: guard && {
      vca: judgeCertificate({ isGiven: guard.hasVca, validUntil: guard.vcaValidUntil, endAt }),
      pass: judgeCertificate({ isGiven: guard.passColour !== null, validUntil: guard.passValidUntil, endAt }),
    },
    incidents,
    payments,
    lastCheckin: checkins.at(-1) ?? null,
    verdicts: {
      inside: checkins.filter(({ verdict }) => verdict === "inside").length,
      outside: checkins.filter(({ verdict }) => verdict === "outside").length,
      uncertain: checkins.filter(({ verdict }) => verdict === "uncertain").length,
    },
    timeline: tellTimeline({ shift, checkins, incidents, payments }, readAt),
    readAt,
  };
}

export type ShiftRead = Awaited<ReturnType<typeof readShift>>;

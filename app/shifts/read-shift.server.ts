import { data } from "@remix-run/node";

import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import { type Act, listActsOn } from "../../db/console/list-acts-on";
import { recordTrailRead } from "../../db/console/record-trail-read";
import { sight } from "../../db/rules/live/presence";
import { tellWork } from "../../db/rules/live/worked-spans";
import { judgeCertificate } from "../../db/rules/shifts/certificates";
import { type Episode, tellEpisodes } from "../../db/rules/shifts/episodes";
import { tellTimeline } from "../../db/rules/shifts/timeline";
import { getShift, type ShiftDetails } from "../../db/shifts/get-shift";
import {
  listShiftAssignments,
  listShiftCheckins,
  listShiftIncidents,
  listShiftNotifications,
  listShiftPayments,
  type ShiftCheckin,
} from "../../db/shifts/list-shift-events";
import { listShiftOffers } from "../../db/shifts/offers/list-offers";

/** The shift that the address names. Throws 404 for what is no shift. */
export async function requireShift(shiftId: string | undefined): Promise<ShiftDetails> {
  const id = shiftId && /^[1-9]\d{0,14}$/.test(shiftId) ? Number(shiftId) : undefined;
  const shift = id === undefined ? undefined : await getShift(securyflex("console_read"), id);
  if (shift) return shift;
  throw data(
    { title: "There is no such shift", message: "It may have been removed, or the number was mistyped." },
    { status: 404 },
  );
}

/**
 * A shift with its story. Looking at check-ins is looking at a guard's trail: it is on record before it is shown, and
 * their positions stay here. Throws 404 for what is no shift.
 */
export async function readShift(shiftId: string | undefined, { staff }: SignedIn) {
  const shift = await requireShift(shiftId);
  const db = securyflex("console_read");
  const mayReadAudit = isPermitted(staff.role, "audit.read");
  const [checkins, incidents, payments, assignments, offers, acts] = await Promise.all([
    listShiftCheckins(db, shift.id),
    listShiftIncidents(db, shift.id),
    listShiftPayments(db, shift.id),
    listShiftAssignments(db, shift.id),
    listShiftOffers(db, shift.id),
    mayReadAudit ? listActsOn(consoleDatabase(), `shift:${shift.id}`) : [],
  ]);
  const userIds = [...new Set(assignments.map(({ userId }) => userId))];
  const notifications = await listShiftNotifications(db, { shiftId: shift.id, userIds, since: shift.createdAt });
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
  const episodes = tellShiftEpisodes(shift, checkins, readAt);
  const told = {
    shift,
    checkins,
    episodes,
    incidents,
    payments,
    assignments,
    notifications,
    acts: acts.map(describeAct),
  };
  const last = checkins.at(-1);
  return {
    shift,
    certificates: guard && {
      vca: judgeCertificate({ isGiven: guard.hasVca, validUntil: guard.vcaValidUntil, endAt }),
      pass: judgeCertificate({ isGiven: guard.passColour !== null, validUntil: guard.passValidUntil, endAt }),
    },
    incidents,
    payments,
    offers,
    mayReadAudit,
    mayChange: isPermitted(staff.role, "shifts.reassign"),
    mayShare: isPermitted(staff.role, "shifts.share") && endAt <= readAt,
    isReplaceable: isReplaceable(shift, readAt),
    lastCheckin: last ? { at: last.at, verdict: last.verdict } : null,
    verdicts: countVerdicts(checkins),
    work: tellWork(
      checkins.map((checkin) => sight(checkin, shift.location.radiusMeters)),
      { endAt, asOf: readAt },
    ),
    timeline: tellTimeline(told, readAt),
    readAt,
  };
}

/** What the clock and the positions of the guard who has it made of a shift by `asOf`. */
export function tellShiftEpisodes(shift: ShiftDetails, checkins: readonly ShiftCheckin[], asOf: Date): Episode[] {
  const { startAt, endAt, status, assignedAt, guard, location } = shift;
  const isCancelled = status === "cancelled" || status === "draft";
  return tellEpisodes(
    { startAt, endAt, isCancelled, assignedAt, hasGuard: guard !== null, radiusMeters: location.radiusMeters },
    checkins.filter(({ guardId }) => guardId === guard?.id),
    asOf,
  );
}

/** A shift that may still get another guard. */
function isReplaceable({ status, endAt }: Pick<ShiftDetails, "status" | "endAt">, asOf: Date): boolean {
  return ["published", "assigned", "active"].includes(status) && endAt > asOf;
}

function countVerdicts(checkins: readonly ShiftCheckin[]) {
  const count = (verdict: ShiftCheckin["verdict"]) => checkins.filter((checkin) => checkin.verdict === verdict).length;
  return { inside: count("inside"), outside: count("outside"), uncertain: count("uncertain") };
}

function describeAct({ at, action, outcome, details, staffName }: Act): { at: Date; text: string } {
  const looked = details.positions ? "looked at the trail" : "looked at the check-ins";
  const did = action === "trail.read" ? looked : `${action}, ${outcome}`;
  return { at, text: `${staffName ?? "Nobody signed in"}: ${did}` };
}

export type ShiftRead = Awaited<ReturnType<typeof readShift>>;

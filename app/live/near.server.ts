import { data } from "@remix-run/node";

import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { recordTrailRead } from "../../db/console/record-trail-read";
import { type GuardWhereabouts, getGuardWhereabouts } from "../../db/live/get-guard-whereabouts";
import { listShiftsNear } from "../../db/live/list-shifts-near";
import { farthestRadiusMeters, type NearAnswer, nearestRadiusMeters, readNear, readRadiusMeters } from "./near";
import { readMoment } from "./time-travel/moment";

/**
 * Shifts of the board within `radius` metres of `near`, nearest first, at the instant `at` where it is given. Where
 * that is a guard's position, the look is on record before it is shown. Throws 400 for what cannot be asked, 404 where
 * there is no such guard or nobody knows where they are.
 */
export async function readShiftsNear(search: URLSearchParams, signedIn: SignedIn): Promise<NearAnswer> {
  const near = search.get("near") ?? "";
  const asked = readNear(near);
  const radiusMeters = readRadiusMeters(search.get("radius") ?? "");
  const moment = readMoment(search.get("at"), new Date());
  if (!asked) throw refusal(400, "Name a point as longitude,latitude or a guard as guard:number.");
  if (radiusMeters === null) {
    const bounds = `${nearestRadiusMeters} to ${farthestRadiusMeters}`;
    throw refusal(400, `The radius is a whole number of metres from ${bounds}.`);
  }
  if ("refusal" in moment) throw refusal(400, `${moment.refusal.title}. ${moment.refusal.message}`);
  const asOf = moment.at ?? new Date();

  const found = asked.kind === "guard" ? await locateGuard(asked.guardId, asOf, signedIn) : null;
  const center = found ? found.center : (asked as { longitude: number; latitude: number });
  const point = { longitude: center.longitude, latitude: center.latitude };
  const shifts = await listShiftsNear(securyflex("console_read"), {
    asOf,
    isPast: moment.at !== null,
    point,
    radiusMeters,
  });
  return {
    asked: near,
    radiusMeters,
    center: point,
    guard: found?.guard ?? null,
    distances: shifts.map(({ shiftId, distanceMeters }) => [shiftId, Math.round(distanceMeters)]),
  };
}

async function locateGuard(guardId: number, asOf: Date, signedIn: SignedIn) {
  const guard = await getGuardWhereabouts(securyflex("console_read"), { guardId, asOf });
  if (!guard) throw refusal(404, `There is no guard ${guardId}.`);
  const { fullName: name, position, homePoint } = guard;
  const center = position?.point ?? homePoint;
  if (!center) {
    const why = "no position within a shift that may be watched, and no home on record";
    throw refusal(404, `Nobody knows where ${name} is: ${why}.`);
  }
  await recordLook(guard, signedIn);
  const { at, accuracyMeters } = position ?? { at: null, accuracyMeters: null };
  return { center, guard: { name, basis: position ? ("position" as const) : ("home" as const), at, accuracyMeters } };
}

async function recordLook({ guardId, position }: GuardWhereabouts, { staff }: SignedIn): Promise<void> {
  const db = consoleDatabase();
  const requestId = currentRequest()?.requestId ?? null;
  if (position) {
    const { shiftId } = position;
    await recordTrailRead(db, { staffId: staff.id, shiftId, guardId, checkinCount: 1, requestId });
  } else {
    const target = `guard:${guardId}`;
    await recordAuditEvent(db, { staffId: staff.id, action: "home.read", target, outcome: "done", requestId });
  }
}

function refusal(status: 400 | 404, message: string) {
  return data({ title: "The distances could not be measured", message }, { status });
}

import { data } from "@remix-run/node";

import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../db/connections";
import { recordTrailRead } from "../../db/console/record-trail-read";
import { getShiftDetail } from "../../db/live/get-shift-detail";
import { listRecentCheckins } from "../../db/live/list-recent-checkins";
import { getReach } from "../../db/live/marks/read-marks";
import { sight } from "../../db/rules/live/presence";
import { tellWork } from "../../db/rules/live/worked-spans";
import type { CheckinsOfShift, DetailOfShift } from "./checkins";
import { askedMoment } from "./time-travel/asked-moment.server";

const mostCheckins = 3000;
const mostListed = 20;
const trailMs = 30 * 60_000;

type Asked = { request: Request; params: { shiftId?: string | undefined } };

/**
 * What one shift heard of its guard until the moment that the address names. Looking at it is looking at a guard's
 * trail: it is on record before it is shown. Only the last position leaves, and with `?follow` those of the last 30
 * minutes. Throws 404 for what is no shift's id, 400 for a moment that cannot be shown.
 */
export async function readCheckins({ request, params }: Asked, { staff }: SignedIn): Promise<CheckinsOfShift> {
  const shiftId = askedShift(params.shiftId);
  const at = askedMoment(request);
  const asOf = at ?? new Date();
  const all = await listRecentCheckins(securyflex("console_read"), {
    ...{ shiftId, asOf, isPast: at !== null },
    limit: mostCheckins,
  });
  const [last] = all;
  if (last) {
    await recordTrailRead(consoleDatabase(), {
      staffId: staff.id,
      shiftId,
      guardId: last.guardId,
      checkinCount: all.length,
      requestId: currentRequest()?.requestId ?? null,
    });
  }
  const isFollowed = new URL(request.url).searchParams.has("follow");
  const since = asOf.getTime() - trailMs;
  return {
    shiftId,
    asOf,
    checkins: all
      .slice(0, mostListed)
      .map(({ point: _, guardId: __, radiusMeters: ___, endAt: ____, ...checkin }) => checkin),
    worked: last
      ? tellWork(
          all.map((checkin) => sight(checkin, last.radiusMeters)),
          { endAt: last.endAt, asOf },
        )
      : [],
    lastPosition: last ? { ...last.point, accuracyMeters: last.accuracyMeters } : null,
    trail: isFollowed
      ? all
          .filter(({ createdAt }) => createdAt.getTime() >= since)
          .map(({ point, accuracyMeters, recordedAt, createdAt }) => ({
            ...point,
            accuracyMeters,
            at: recordedAt < createdAt ? recordedAt : createdAt,
          }))
          .sort((one, other) => one.at.getTime() - other.at.getTime())
      : null,
  };
}

/**
 * What the board does not carry of one of its shifts, at the moment that the address names; null where the shift is not
 * on that board. Throws as `readCheckins` does.
 */
export async function readDetail(
  { request, params }: Asked,
  { staff }: SignedIn,
): Promise<{ shiftId: number; detail: DetailOfShift | null }> {
  const shiftId = askedShift(params.shiftId);
  const at = askedMoment(request);
  const asked = { shiftId, asOf: at ?? new Date(), isPast: at !== null };
  const detail = await getShiftDetail(securyflex("console_read"), asked);
  const mayReplace = at === null && isPermitted(staff.role, "shifts.reassign");
  const isVacant = at === null && detail?.guard === null;
  const reach = (isVacant && (await getReach(consoleDatabase(), shiftId))) || null;
  return { shiftId, detail: detail ? { ...detail, mayReplace, reach } : null };
}

function askedShift(text: string | undefined): number {
  if (text && /^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw data({ title: "There is no such shift", message: "A shift is named by its number." }, { status: 404 });
}

import { data } from "@remix-run/node";

import { currentRequest } from "~/http/request-context.server";
import { consoleDatabase, securyflex } from "../../../db/connections";
import { countOpening, type EvidenceLink, getEvidenceLink, isOpenLink } from "../../../db/console/evidence-links";
import { recordAuditEvent } from "../../../db/console/record-audit-event";
import { sight } from "../../../db/rules/live/presence";
import { tellWork } from "../../../db/rules/live/worked-spans";
import { tellTimeline } from "../../../db/rules/shifts/timeline";
import {
  listShiftAssignments,
  listShiftCheckins,
  listShiftIncidents,
  listTrail,
} from "../../../db/shifts/list-shift-events";
import { requireShift, tellShiftEpisodes } from "../read-shift.server";
import { readEvidenceToken } from "./evidence-token.server";

/**
 * One shift for somebody without an account: plan, who stood there, what the check-ins prove, and positions from start
 * to end alone. The opening is on record before anything is shown. Throws 404 for an address that opens nothing, 410
 * for one that no longer does.
 */
export async function readEvidence(token: string | undefined) {
  const readAt = new Date();
  const link = await requireOpenLink(token, readAt);
  const shift = await requireShift(String(link.shiftId));
  await recordOpening(link, readAt);
  const db = securyflex("console_read");
  const [checkins, incidents, assignments, trail] = await Promise.all([
    listShiftCheckins(db, shift.id),
    listShiftIncidents(db, shift.id),
    listShiftAssignments(db, shift.id),
    listTrail(db, shift.id),
  ]);
  const { id, post, status, startAt, endAt, location, clientName, companyName } = shift;
  const { point, radiusMeters, timeZone, name, address, city } = location;
  const told = assignments.map((one) => ({ ...one, endedReason: withoutReason(one.endedReason) }));
  const episodes = tellShiftEpisodes(shift, checkins, readAt);
  return {
    link: { recipient: link.recipient, expiresAt: link.expiresAt },
    shift: { id, post, status, startAt, endAt, clientName, companyName, location: { name, address, city, timeZone } },
    fence: { ...point, radiusMeters },
    work: tellWork(
      checkins.map((checkin) => sight(checkin, radiusMeters)),
      { endAt, asOf: readAt },
    ),
    checkins: checkins.map((checkin) => ({
      ...{ id: checkin.id, at: checkin.at, kind: checkin.kind, verdict: checkin.verdict },
      accuracyMeters: checkin.accuracyMeters,
    })),
    positions: trail
      .filter(({ at }) => at >= startAt && at < endAt)
      .map(({ id: checkinId, verdict, point: place }) => ({ id: checkinId, verdict, point: place })),
    timeline: tellTimeline({ shift, checkins, episodes, incidents, payments: [], assignments: told }, readAt),
    readAt,
  };
}

export type EvidenceRead = Awaited<ReturnType<typeof readEvidence>>;

async function requireOpenLink(token: string | undefined, asOf: Date): Promise<EvidenceLink> {
  const linkId = readEvidenceToken(token);
  const link = linkId === undefined ? undefined : await getEvidenceLink(consoleDatabase(), linkId);
  if (!link) {
    const message = "The address is not whole, or it was never given out. Ask whoever sent it to you.";
    throw data({ title: "This address opens nothing", message }, { status: 404 });
  }
  if (isOpenLink(link, asOf)) return link;
  const why = link.endedAt ? "It was ended by SecuryFlex." : "Its last day is over.";
  throw data({ title: "This link no longer opens", message: `${why} Ask for another one.` }, { status: 410 });
}

async function recordOpening(link: EvidenceLink, asOf: Date): Promise<void> {
  const request = currentRequest();
  await consoleDatabase().transaction(async (transaction) => {
    await countOpening(transaction, link.id, asOf);
    await recordAuditEvent(transaction, {
      action: "evidence.open",
      target: `shift:${link.shiftId}`,
      outcome: "done",
      details: { link: link.id, recipient: link.recipient, address: request?.address ?? null },
      requestId: request?.requestId ?? null,
    });
  });
}

/** Why a guard gave a shift back may be their health; a client learns that they did. */
function withoutReason(endedReason: string | null): string | null {
  return endedReason === null || endedReason === "reassigned" ? endedReason : "released";
}

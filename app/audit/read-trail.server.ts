import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { getLatestVerification } from "../../db/console/get-latest-verification";
import { getAuditEvent, listAuditChoices, listAuditEvents } from "../../db/console/list-audit-events";
import { complainOf, readTrailSearch } from "./trail-search";

const eventsOnPage = 100;

/** One page of the trail as the URL asks for it, and the event that it opens. Throws 404 for an event that is not. */
export async function readTrail(search: URLSearchParams) {
  const db = consoleDatabase();
  const { filter, from, until, beforeId, eventId } = readTrailSearch(search);
  const [found, choices, verification, opened] = await Promise.all([
    listAuditEvents(db, { filter, beforeId, limit: eventsOnPage + 1 }),
    listAuditChoices(db),
    getLatestVerification(db),
    eventId ? getAuditEvent(db, eventId) : undefined,
  ]);
  if (eventId !== undefined && !opened) {
    throw data(
      { title: "There is no such event", message: "The trail keeps every event it ever had, so the address is wrong." },
      { status: 404 },
    );
  }
  const events = found.slice(0, eventsOnPage);
  return {
    events,
    opened: opened ?? null,
    choices,
    verification: verification ?? null,
    filter,
    from: from ?? "",
    until: until ?? "",
    complaint: complainOf(search) ?? null,
    isContinued: beforeId !== undefined,
    /** Null on the last page. */
    nextBeforeId: found.length > eventsOnPage ? (events.at(-1)?.id ?? null) : null,
    readAt: new Date(),
  };
}

export type Trail = Awaited<ReturnType<typeof readTrail>>;

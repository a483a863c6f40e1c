import { createHash } from "node:crypto";

import type { Sql } from "../connections";
import type { Anchor } from "./anchors";

export type TrailVerdict = {
  eventCount: number;
  /** Null where the trail is empty. */
  head: { position: number; hash: string } | null;
  /** Anchors that the chain was held against. */
  anchorCount: number;
  /** What does not agree, a sentence each; at most 20. None means that the trail is whole. */
  faults: string[];
};

const batchRows = 5_000;
const mostFaults = 20;

type LinkedEvent = { position: string; hash: string; eventId: string; canonical: string | null };

/**
 * Computes the chain again from the events, here and not in the database, and holds it against the links and the
 * anchors. Reads every event once, by audit_links_pkey, in one snapshot. Needs SELECT on both tables.
 */
export async function verifyTrail(sql: Sql, anchors: readonly Anchor[]): Promise<TrailVerdict> {
  return (await sql.begin("isolation level repeatable read read only", (transaction) =>
    verifyIn(transaction as unknown as Sql, anchors),
  )) as TrailVerdict;
}

async function verifyIn(sql: Sql, anchors: readonly Anchor[]): Promise<TrailVerdict> {
  const faults: string[] = [];
  const anchored = new Map<number, Anchor[]>();
  for (const anchor of anchors) anchored.set(anchor.position, [...(anchored.get(anchor.position) ?? []), anchor]);
  let previous = Buffer.alloc(0);
  let position = 0;
  let origin: string | undefined;
  for (;;) {
    const batch = await readBatch(sql, position);
    for (const link of batch) {
      position += 1;
      if (Number(link.position) !== position) {
        faults.push(`Link ${position} is missing: the chain goes on at ${link.position}.`);
        position = Number(link.position);
      }
      if (link.canonical === null) faults.push(`Event ${link.eventId}, at link ${position}, was deleted.`);
      else {
        const computed = createHash("sha256").update(previous).update(link.canonical).digest("hex");
        if (computed !== link.hash) faults.push(`Event ${link.eventId}, at link ${position}, is not what was written.`);
      }
      origin ??= link.hash;
      for (const anchor of anchored.get(position) ?? []) {
        if (anchor.hash !== link.hash)
          faults.push(`Link ${position} is not the one that was anchored at ${anchor.at}: the chain was made anew.`);
      }
      previous = Buffer.from(link.hash, "hex");
      if (faults.length >= mostFaults) break;
    }
    if (batch.length < batchRows || faults.length >= mostFaults) break;
  }
  const [loose] = await sql<{ count: string; first: string | null }[]>`
    select count(*)::text as count, min(audit_events.id)::text as first
    from audit_events left join audit_links on audit_links.event_id = audit_events.id
    where audit_links.event_id is null`;
  if (loose?.first)
    faults.push(`${loose.count} events stand outside the chain, the first of them event ${loose.first}.`);
  const last = anchors.reduce<Anchor | undefined>(
    (most, one) => (one.position > (most?.position ?? 0) ? one : most),
    undefined,
  );
  if (last && last.position > position && faults.length < mostFaults)
    faults.push(
      `The chain ends at link ${position}, but link ${last.position} was anchored at ${last.at}: its end was cut off, or an old copy was put back.`,
    );
  const foreign = anchors.find((anchor) => origin !== undefined && anchor.origin !== origin);
  if (foreign) faults.push(`The chain does not begin as the one that was anchored at ${foreign.at}.`);
  return {
    eventCount: position,
    head: position === 0 ? null : { position, hash: previous.toString("hex") },
    anchorCount: anchors.length,
    faults: faults.slice(0, mostFaults),
  };
}

function readBatch(sql: Sql, after: number): Promise<LinkedEvent[]> {
  return sql<LinkedEvent[]>`
    select links.position::text, encode(links.hash, 'hex') as hash, links.event_id::text as "eventId",
           case when event.id is not null then jsonb_build_object(
             'position', links.position, 'id', event.id,
             'at', (extract(epoch from event.at) * 1000000)::bigint, 'staffId', event.staff_id, 'action', event.action,
             'target', event.target, 'outcome', event.outcome, 'reason', event.reason, 'details', event.details,
             'requestId', event.request_id
           )::text end as canonical
    from audit_links as links
    left join audit_events as event on event.id = links.event_id
    where links.position > ${after}
    order by links.position
    limit ${batchRows}`;
}

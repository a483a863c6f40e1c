import type { Sql } from "../connections";
import { slaDefinition } from "../rules/sla/facts";
import type { ToldRows } from "./fact-rows";
import type { NamedHistory } from "./read-histories";
import { frozenAfterReports } from "./report/marker";
import { tellFacts } from "./tell-facts";

type Frozen = {
  shiftId: number;
  sequence: number;
  digest: string;
  definition: number;
  version: number;
  checkins: number;
};

export type Freezing = { frozen: number; corrected: number; same: number };

/**
 * Tells `histories` as they were at `asOf` and writes what is new: the first facts of a shift, or a correction with its
 * reason where they came out differently than the newest. May be called again with the same; what another wrote
 * meanwhile stands. One transaction.
 */
export async function freezeFacts(sql: Sql, histories: readonly NamedHistory[], asOf: Date): Promise<Freezing> {
  const ids = histories.map(({ shiftId }) => shiftId);
  const known = await sql<Frozen[]>`
    select distinct on (shift_id) shift_id::float8 as "shiftId", sequence, digest, definition,
           shift_version as version, checkin_count as checkins
    from sla_shift_facts
    where shift_id = any(${ids}::bigint[])
    order by shift_id, sequence desc`;
  const newest = new Map(known.map((one) => [one.shiftId, one]));
  const fresh: ToldRows[] = [];
  for (const told of await tellFacts(sql, histories, asOf)) {
    if (newest.get(told.shiftId)?.digest !== told.digest) fresh.push(told);
  }
  if (fresh.length === 0) return { frozen: 0, corrected: 0, same: ids.length };
  const countsFrom = await frozenAfterReports(sql, asOf);
  const rows = fresh.map((one) => {
    const before = newest.get(one.shiftId);
    return {
      ...one.shift(),
      sequence: (before?.sequence ?? 0) + 1,
      frozen_at: countsFrom.toISOString(),
      correction_reason: before ? correctionReason(before, one) : null,
    };
  });
  const sequenceOf = new Map(rows.map(({ shift_id, sequence }) => [shift_id, sequence]));
  const written = await sql<{ id: number; sequence: number }[]>`
    insert into sla_shift_facts
    select * from jsonb_populate_recordset(null::sla_shift_facts, ${sql.json(rows)})
    on conflict do nothing
    returning shift_id::float8 as id, sequence`;
  const ours = new Set(written.map(({ id }) => id));
  const assignments = fresh
    .filter(({ shiftId }) => ours.has(shiftId))
    .flatMap((one) => one.assignments())
    .map((one) => ({ ...one, sequence: sequenceOf.get(one.shift_id) as number }));
  await sql`
    insert into sla_assignment_facts
    select * from jsonb_populate_recordset(null::sla_assignment_facts, ${sql.json(assignments)})`;
  const corrected = written.filter(({ sequence }) => sequence > 1).length;
  return { frozen: written.length - corrected, corrected, same: ids.length - written.length };
}

function correctionReason(before: Frozen, { shiftVersion, checkinCount }: ToldRows): string {
  if (before.definition !== slaDefinition) {
    return `The definition changed from ${before.definition} to ${slaDefinition}.`;
  }
  if (before.version !== shiftVersion) return "The shift was changed after its numbers were frozen.";
  const late = checkinCount - before.checkins;
  if (late > 0) return `${late} ${late === 1 ? "check-in" : "check-ins"} came in after its numbers were frozen.`;
  return "Its history was changed after its numbers were frozen.";
}

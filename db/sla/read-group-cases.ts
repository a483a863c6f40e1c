import { type SQL, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { Cases } from "../rules/sla/contributions";
import type { CaseCounts, CaseKind } from "../rules/sla/counts";
import { judgeCounts, type ShareId } from "../rules/sla/judge-counts";
import { previousPeriod } from "../rules/sla/period";
import type { Dimension } from "./groupings";
import { readCases } from "./read-cases";
import { readCounts } from "./read-counts";
import type { SlaQuestion } from "./read-sla";
import { summedDays } from "./summed-days";

/** As judgeCounts counts them; a cancelled shift is a byte. */
const casesOf: Record<ShareId, { hits: SQL; of: SQL }> = {
  "fill-rate": { hits: sql`filled_slots`, of: sql`slots` },
  "on-time": { hits: sql`on_time + on_time_uncertain`, of: sql`due` },
  "no-show": { hits: sql`no_show`, of: sql`due` },
  "in-geofence": { hits: sql`inside`, of: sql`inside + outside` },
  coverage: { hits: sql`confirmed_seconds`, of: sql`planned_seconds` },
  cancelled: { hits: sql`octet_length(cancelled)`, of: sql`published_shifts` },
};

type Question = Omit<SlaQuestion, "targets"> & { by: Dimension; metric: ShareId };

/** Of one share alone the hits and cases of each client, company, region or location, by its key, now and before. */
export async function readShareCases(
  db: ConsoleDatabase,
  { against, ...question }: Question,
): Promise<{ key: string; current: Cases; previous: Cases }[]> {
  const before = { ...question, ...(against ?? { period: previousPeriod(question.period) }) };
  const [current, previous] = await Promise.all([readPeriod(db, question), readPeriod(db, before)]);
  const nothing: Cases = { hits: 0, of: 0 };
  return [...new Set([...current.keys(), ...previous.keys()])].map((key) => ({
    key,
    current: current.get(key) ?? nothing,
    previous: previous.get(key) ?? nothing,
  }));
}

/** The same of one kind of durations; null where a group has no case. */
export async function readDurationCases(
  db: ConsoleDatabase,
  { against, kind, ...question }: Omit<Question, "metric"> & { kind: CaseKind },
): Promise<{ key: string; current: CaseCounts | null; previous: CaseCounts | null }[]> {
  const before = { ...question, ...(against ?? { period: previousPeriod(question.period) }) };
  const [current, previous] = await Promise.all(
    [question, before].map(async (one) => {
      const groups = await readCases(db, { ...one, only: kind });
      return new Map(groups.flatMap(({ key, value }) => (value[kind].n > 0 ? [[key, value[kind]]] : [])));
    }),
  );
  return [...new Set([...(current?.keys() ?? []), ...(previous?.keys() ?? [])])].map((key) => ({
    key,
    current: current?.get(key) ?? null,
    previous: previous?.get(key) ?? null,
  }));
}

async function readPeriod(db: ConsoleDatabase, question: Omit<Question, "against">): Promise<Map<string, Cases>> {
  const { metric } = question;
  const summed = summedDays(question);
  if (!summed) {
    const groups = await readCounts(db, question);
    return new Map(groups.map(({ key, value }) => [key, judgeCounts(value)[metric]]));
  }
  const { hits, of } = casesOf[metric];
  const rows = await db.execute<{ key: string } & Cases>(sql`
    select ${summed.key} as key, sum(${hits})::float8 as hits, sum(${of})::float8 as of from ${summed.rows} group by 1`);
  return new Map(rows.map(({ key, ...cases }) => [key, cases]));
}

/** The newest names of clients, companies or locations by their keys; of a region its key. sla_names_pkey. */
export async function readGroupNames(
  db: ConsoleDatabase,
  { by, keys }: { by: Dimension; keys: readonly string[] },
): Promise<Map<string, string>> {
  const named = await db.execute<{ key: string; name: string }>(sql`
    select key, name from sla_names where dimension = ${by} and key = any(${sql.param(keys)}::text[])`);
  const names = new Map(named.map(({ key, name }) => [key, name]));
  return new Map(keys.map((key) => [key, names.get(key) ?? key]));
}

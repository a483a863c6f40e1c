import type { Sql } from "../connections";
import { type StatementCounters, statementKey, toStatementDeltas } from "../rules/database/statement-deltas";
import { probeTag } from "./read-panel";
import type { StatementsReading } from "./read-statement-counters";
import { resolutions } from "./record-panel-reading";
import { shapeOf } from "./statement-shape";

/** After a longer silence it is not known when within it something happened, so nothing is told of it. */
export const mostGapSeconds = 180;

/** How many statements of one minute are kept by each number; the rest of the minute is one row, "other". */
const keptByEach = 100;
export const otherQueryId = "0";

const columns = {
  calls: "calls",
  execMilliseconds: "exec_milliseconds",
  rows: "rows",
  readBlocks: "read_blocks",
  temporaryBlocks: "temporary_blocks",
  walBytes: "wal_bytes",
} as const;

/**
 * Stores what happened since the reading before, by minute, ten minutes and hour, and this reading as the one to come
 * from. Returns the ids of statements whose text is not known yet. Idempotent within one transaction alone.
 */
export async function recordStatements(
  sql: Sql,
  { readAt, statements }: StatementsReading,
  slot: Date,
): Promise<string[]> {
  const [last] = await sql<[{ readAt: Date }?]>`select read_at as "readAt" from statement_readings for update`;
  const gapSeconds = last ? (readAt.getTime() - last.readAt.getTime()) / 1000 : Number.POSITIVE_INFINITY;
  // Another worker was quicker with a younger reading, against which this one would seem to fall.
  if (gapSeconds <= 0) return [];
  const before = await sql<StatementCounters[]>`
    select query_id::text as "queryId", user_name as "userName", calls, exec_milliseconds as "execMilliseconds", rows,
           read_blocks as "readBlocks", temporary_blocks as "temporaryBlocks", wal_bytes as "walBytes"
    from statement_counters`;
  const kept = gapSeconds <= mostGapSeconds ? keepCostliest(toStatementDeltas(before, statements)) : [];
  await recordDeltas(sql, kept, slot);
  await keepCounters(sql, before, statements);
  await sql`
    insert into statement_readings (read_at) values (${readAt})
    on conflict (is_only) do update set read_at = excluded.read_at`;
  const ids = [...new Set(kept.map(({ queryId }) => queryId))].filter((id) => id !== otherQueryId);
  const unknown = await sql<{ id: string }[]>`
    select id::text as id from unnest(${ids}::bigint[]) as id
    where not exists (select from statement_texts where query_id = id)`;
  return unknown.map(({ id }) => id);
}

/** Stores texts as they become known. What turns out to be a question of the console itself is not told any more. */
export async function recordStatementTexts(
  sql: Sql,
  texts: readonly { queryId: string; text: string }[],
): Promise<void> {
  const own = texts.filter(({ text }) => text.includes(probeTag)).map(({ queryId }) => queryId);
  await sql`delete from statement_deltas where query_id = any(${own}::bigint[])`;
  const rows = await Promise.all(
    texts.map(async ({ queryId, text }) => ({ query_id: queryId, text, shape: await shapeOf(text) })),
  );
  await sql`
    insert into statement_texts (query_id, text, shape, first_seen_at)
    select query_id, text, shape, now()
    from jsonb_to_recordset(${sql.json(rows)}) as known (query_id bigint, text text, shape text)
    on conflict do nothing`;
}

const shapedAtOnce = 200;

/** Tells the shape of some texts that were stored without one. */
export async function recordStatementShapes(sql: Sql): Promise<void> {
  const texts = await sql<{ id: string; text: string }[]>`
    select query_id::text as id, text from statement_texts where shape is null limit ${shapedAtOnce}`;
  for (const { id, text } of texts) {
    await sql`update statement_texts set shape = ${await shapeOf(text)} where query_id = ${id}::bigint`;
  }
}

function keepCostliest(deltas: StatementCounters[]): StatementCounters[] {
  const chosen = new Set<StatementCounters>();
  for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
    const ranked = [...deltas].sort((one, other) => other[name] - one[name]);
    for (const delta of ranked.slice(0, keptByEach)) if (delta[name] > 0) chosen.add(delta);
  }
  const others = deltas.filter((delta) => !chosen.has(delta));
  const byUser = new Map<string, StatementCounters>();
  for (const delta of others) {
    const other = byUser.get(delta.userName) ?? { ...nothing, queryId: otherQueryId, userName: delta.userName };
    for (const name of Object.keys(columns) as (keyof typeof columns)[]) other[name] += delta[name];
    byUser.set(delta.userName, other);
  }
  return [...chosen, ...byUser.values()];
}

const nothing = { calls: 0, execMilliseconds: 0, rows: 0, readBlocks: 0, temporaryBlocks: 0, walBytes: 0 };

async function recordDeltas(sql: Sql, deltas: readonly StatementCounters[], slot: Date): Promise<void> {
  if (deltas.length === 0) return;
  await sql`
    insert into statement_deltas (
      resolution_seconds, sampled_at, query_id, user_name, calls, exec_milliseconds, rows, read_blocks, temporary_blocks,
      wal_bytes
    )
    select resolution, to_timestamp(floor(extract(epoch from ${slot}::timestamptz) / resolution) * resolution), delta.*
    from jsonb_to_recordset(${sql.json(deltas.map(toRow))}) as delta (
      query_id bigint, user_name text, calls float8, exec_milliseconds float8, rows float8, read_blocks float8,
      temporary_blocks float8, wal_bytes float8
    )
    cross join unnest(${[...resolutions]}::integer[]) as resolution
    on conflict (resolution_seconds, sampled_at, query_id, user_name) do update
    set calls = statement_deltas.calls + excluded.calls,
        exec_milliseconds = statement_deltas.exec_milliseconds + excluded.exec_milliseconds,
        rows = statement_deltas.rows + excluded.rows,
        read_blocks = statement_deltas.read_blocks + excluded.read_blocks,
        temporary_blocks = statement_deltas.temporary_blocks + excluded.temporary_blocks,
        wal_bytes = statement_deltas.wal_bytes + excluded.wal_bytes`;
}

/** Only what changed is written. */
async function keepCounters(sql: Sql, before: readonly StatementCounters[], now: readonly StatementCounters[]) {
  const known = new Map(before.map((one) => [statementKey(one), one]));
  const seen = new Set(now.map(statementKey));
  const changed = now.filter((one) => {
    const last = known.get(statementKey(one));
    return !last || last.calls !== one.calls || last.execMilliseconds !== one.execMilliseconds;
  });
  const gone = before.filter((one) => !seen.has(statementKey(one)));
  await sql`
    delete from statement_counters using jsonb_to_recordset(${sql.json(gone.map(toRow))}) as gone (
      query_id bigint, user_name text
    )
    where statement_counters.query_id = gone.query_id and statement_counters.user_name = gone.user_name`;
  await sql`
    insert into statement_counters
    select * from jsonb_to_recordset(${sql.json(changed.map(toRow))}) as changed (
      query_id bigint, user_name text, calls float8, exec_milliseconds float8, rows float8, read_blocks float8,
      temporary_blocks float8, wal_bytes float8
    )
    on conflict (query_id, user_name) do update
    set calls = excluded.calls, exec_milliseconds = excluded.exec_milliseconds, rows = excluded.rows,
        read_blocks = excluded.read_blocks, temporary_blocks = excluded.temporary_blocks, wal_bytes = excluded.wal_bytes`;
}

function toRow({ queryId, userName, ...counters }: StatementCounters): Record<string, string | number> {
  const counted = Object.entries(columns).map(([name, column]) => [column, counters[name as keyof typeof columns]]);
  return { query_id: queryId, user_name: userName, ...Object.fromEntries(counted) };
}

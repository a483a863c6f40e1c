import { sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { maskStatement } from "../rules/database/mask-statement";

export const statementOrders = ["total", "mean", "calls", "rows", "io", "temporary", "wal"] as const;
export type StatementOrder = (typeof statementOrders)[number];

export type StatementShare = {
  /** "0" is all that was too small to be kept by itself. */
  queryId: string;
  userName: string;
  /** Without literals. Null where it was gone before it could be read. */
  text: string | null;
  calls: number;
  totalMilliseconds: number;
  meanMilliseconds: number;
  rows: number;
  readBlocks: number;
  temporaryBlocks: number;
  walBytes: number;
  /** Of all execution time in the range. */
  timeRatio: number;
  /** In the equal period before; null where it was not called then. */
  meanMillisecondsBefore: number | null;
  callsBefore: number;
};

const orders = {
  total: sql`total_milliseconds`,
  mean: sql`total_milliseconds / nullif(calls, 0)`,
  calls: sql`calls`,
  rows: sql`rows`,
  io: sql`read_blocks`,
  temporary: sql`temporary_blocks`,
  wal: sql`wal_bytes`,
} satisfies Record<StatementOrder, unknown>;

/**
 * What each statement cost from `from` to `to` and in the equal period before, dearest first by `order`, at most
 * `most`; all where that is null. Reads the partitions of one resolution within both periods.
 */
export async function listStatements(
  db: ConsoleDatabase,
  asked: { from: Date; to: Date; resolutionSeconds: number; order: StatementOrder; most: number | null },
): Promise<StatementShare[]> {
  const { from, to, resolutionSeconds, order, most } = asked;
  const before = new Date(2 * from.getTime() - to.getTime());
  const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
  const rows = await db.execute<StatementShare>(sql`
    with period as (
      select query_id, user_name, sampled_at >= ${at(from)} as is_asked, calls, exec_milliseconds, rows, read_blocks,
             temporary_blocks, wal_bytes
      from statement_deltas
      where resolution_seconds = ${resolutionSeconds} and sampled_at >= ${at(before)} and sampled_at < ${at(to)}
    ),
    summed as (
      select query_id, user_name, sum(calls) filter (where is_asked) as calls,
             sum(exec_milliseconds) filter (where is_asked) as total_milliseconds, sum(rows) filter (where is_asked) as rows,
             sum(read_blocks) filter (where is_asked) as read_blocks,
             sum(temporary_blocks) filter (where is_asked) as temporary_blocks,
             sum(wal_bytes) filter (where is_asked) as wal_bytes,
             coalesce(sum(calls) filter (where not is_asked), 0) as calls_before,
             sum(exec_milliseconds) filter (where not is_asked) as milliseconds_before
      from period
      group by query_id, user_name
    )
    select summed.query_id::text as "queryId", user_name as "userName", text as "text", calls as "calls",
           total_milliseconds as "totalMilliseconds", total_milliseconds / nullif(calls, 0) as "meanMilliseconds",
           rows as "rows", read_blocks as "readBlocks", temporary_blocks as "temporaryBlocks", wal_bytes as "walBytes",
           coalesce(total_milliseconds / nullif(sum(total_milliseconds) over (), 0), 0) as "timeRatio",
           milliseconds_before / nullif(calls_before, 0) as "meanMillisecondsBefore", calls_before as "callsBefore"
    from summed
    left join statement_texts on statement_texts.query_id = summed.query_id
    where calls > 0
    order by ${orders[order]} desc nulls last, summed.query_id, user_name
    limit ${most}`);
  return rows.map((row) => ({ ...row, text: row.text && maskStatement(row.text) }));
}

export type StatementMinute = Pick<
  StatementShare,
  "calls" | "totalMilliseconds" | "rows" | "readBlocks" | "temporaryBlocks" | "walBytes"
> & { sampledAt: Date };

/** One statement over time, all users together, oldest first. statement_deltas_query_id_sampled_at_idx. */
export async function listStatementMinutes(
  db: ConsoleDatabase,
  asked: { queryId: string; from: Date; to: Date; resolutionSeconds: number },
): Promise<StatementMinute[]> {
  const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
  const rows = await db.execute<Omit<StatementMinute, "sampledAt"> & { seconds: number }>(sql`
    select extract(epoch from sampled_at)::float8 as "seconds", sum(calls) as "calls",
           sum(exec_milliseconds) as "totalMilliseconds", sum(rows) as "rows", sum(read_blocks) as "readBlocks",
           sum(temporary_blocks) as "temporaryBlocks", sum(wal_bytes) as "walBytes"
    from statement_deltas
    where resolution_seconds = ${asked.resolutionSeconds} and query_id = ${asked.queryId}::bigint
      and sampled_at >= ${at(asked.from)} and sampled_at < ${at(asked.to)}
    group by sampled_at
    order by sampled_at`);
  return rows.map(({ seconds, ...minute }) => ({ ...minute, sampledAt: new Date(seconds * 1000) }));
}

export type AlikeStatement = { queryId: string; firstSeenAt: Date; calls: number; totalMilliseconds: number };

/**
 * Other ids of the same shape and what they cost from `from` to `to`, dearest first, at most 50: lists of another
 * length, a table that was made anew, a server before its upgrade. statement_texts_shape_idx.
 */
export async function listAlikeStatements(
  db: ConsoleDatabase,
  asked: { queryId: string; from: Date; to: Date; resolutionSeconds: number },
): Promise<AlikeStatement[]> {
  const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
  const rows = await db.execute<Omit<AlikeStatement, "firstSeenAt"> & { seconds: number }>(sql`
    select other.query_id::text as "queryId", extract(epoch from other.first_seen_at)::float8 as "seconds",
           coalesce(sum(calls), 0) as "calls", coalesce(sum(exec_milliseconds), 0) as "totalMilliseconds"
    from statement_texts as this
    join statement_texts as other on other.shape = this.shape and other.query_id <> this.query_id
    left join statement_deltas on statement_deltas.query_id = other.query_id
      and resolution_seconds = ${asked.resolutionSeconds}
      and sampled_at >= ${at(asked.from)} and sampled_at < ${at(asked.to)}
    where this.query_id = ${asked.queryId}::bigint and this.shape <> ''
    group by other.query_id, other.first_seen_at
    order by "totalMilliseconds" desc, other.first_seen_at desc
    limit 50`);
  return rows.map(({ seconds, ...one }) => ({ ...one, firstSeenAt: new Date(seconds * 1000) }));
}

/** When the console first counted statements in this resolution, of what is kept; null where it never did. */
export async function firstCountedAt(db: ConsoleDatabase, resolutionSeconds: number): Promise<Date | null> {
  const [row] = await db.execute<{ seconds: number | null }>(sql`
    select extract(epoch from min(sampled_at))::float8 as "seconds"
    from statement_deltas where resolution_seconds = ${resolutionSeconds}`);
  return row?.seconds == null ? null : new Date(row.seconds * 1000);
}

/**
 * The text of a statement as the server keeps it, which may hold literals, and when it was first seen; undefined where
 * it is not known. statement_texts_pkey.
 */
export async function getStatementText(
  db: ConsoleDatabase,
  queryId: string,
): Promise<{ text: string; firstSeenAt: Date } | undefined> {
  const [row] = await db.execute<{ text: string; seconds: number }>(sql`
    select text as "text", extract(epoch from first_seen_at)::float8 as "seconds"
    from statement_texts where query_id = ${queryId}::bigint`);
  return row && { text: row.text, firstSeenAt: new Date(row.seconds * 1000) };
}

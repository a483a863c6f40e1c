import { type SQL, sql } from "drizzle-orm";

import type { Database } from "../../connections";

/** One row of the product that was written: an id, not what it holds. */
export type Change = {
  id: number;
  topic: "shift" | "checkin" | "incident" | "payment";
  /** The row of the topic's table. */
  entityId: number;
  shiftId: number;
  op: "insert" | "update" | "delete";
};

export type CursorReading = {
  /** Null on a standby, which cannot say what it has not seen. */
  cursor: string | null;
  /** The database's clock at that moment. */
  asOf: Date;
};

export type ChangesReading = { changes: Change[]; cursor: string; asOf: Date };

/** More changes than anybody should catch up on one by one. */
const mostChanges = 10_000;

/** SecuryFlex is read through a standby: set DATABASE_READ_URL to the server that is written to. */
export class FeedOnStandby extends Error {
  constructor() {
    super("SecuryFlex is read from a standby, which cannot tell what changed. Point DATABASE_READ_URL to the primary.");
  }
}

/**
 * Which transactions this very statement sees: the place in `ops_outbox` from which `listChangesSince` goes on. Read
 * it before what it stands for, or in one REPEATABLE READ transaction with it. Needs console_read.
 */
export async function readCursorAndClock(db: Database): Promise<CursorReading> {
  const [row] = await db.execute<Header>(sql`
    select ${lineage} as "lineage", pg_current_snapshot()::text as "snapshot", ${clock} as "asOfMs"`);
  const { lineage: life, snapshot, asOfMs } = row as Header;
  return { cursor: life === null ? null : `${life}.${snapshot}`, asOf: new Date(Number(asOfMs)) };
}

/** The cursor alone. Throws FeedOnStandby where the server is one. */
export async function readCursor(db: Database): Promise<string> {
  const { cursor } = await readCursorAndClock(db);
  if (cursor === null) throw new FeedOnStandby();
  return cursor;
}

/**
 * Everything committed since `cursor` was read, each change once, by id; then the cursor after it. "too-old" for what
 * cannot be continued: a cursor of another system or of a life that a crash, a restore or a failover ended, one whose
 * changes were pruned, a malformed one, and one that is more than `most` changes behind. One statement, so that it
 * holds in a transaction of any isolation and behind a pooler: one walk of ops_outbox_xid_id_idx.
 */
export async function listChangesSince(
  db: Database,
  cursor: string,
  { most = mostChanges }: { most?: number } = {},
): Promise<ChangesReading | "too-old"> {
  const known = parseCursor(cursor);
  if (!known) return "too-old";
  const since = sql`${known.snapshot}::pg_snapshot`;
  const isUnseen = sql`
    outbox.xid >= pg_snapshot_xmin(${since}) and not pg_visible_in_snapshot(outbox.xid, ${since})`;
  const [row] = await db.execute<Header & { isContinued: boolean; changes: ChangeTuple[] }>(sql`
    select header.*, coalesce((
        select json_agg(json_build_array(id, topic, entity_id, shift_id, op) order by id)
        from (
          select id, topic, entity_id, shift_id, op from ops_outbox as outbox
          where ${isUnseen} and header."isContinued"
          limit ${most + 1}
        ) as unseen
      ), '[]') as "changes"
    from (
      select lineage, pg_current_snapshot()::text as "snapshot", ${clock} as "asOfMs",
        coalesce(lineage = ${known.lineage}, false)
          and pg_snapshot_xmax(${since}) <= pg_snapshot_xmax(pg_current_snapshot())
          and not exists (select from ops_feed where pruned_xid >= pg_snapshot_xmin(${since})) as "isContinued"
      from (select ${lineage} as lineage) as life
    ) as header`);
  if (!row?.isContinued || row.changes.length > most) return "too-old";
  const changes = row.changes.map(([id, topic, entityId, shiftId, op]) => ({ id, topic, entityId, shiftId, op }));
  return { changes, cursor: `${row.lineage}.${row.snapshot}`, asOf: new Date(Number(row.asOfMs)) };
}

type Header = { lineage: string | null; snapshot: string; asOfMs: string };
type ChangeTuple = [Change["id"], Change["topic"], Change["entityId"], Change["shiftId"], Change["op"]];

const lineage: SQL = sql`ops_feed_lineage()`;
const clock: SQL = sql`extract(epoch from clock_timestamp()) * 1000`;

/** True for a cursor that was read while the row of `ops_feed` was missing, as after a crash. */
export function isOfNoLife(cursor: string): boolean {
  return cursor.split(".")[0]?.endsWith("-") ?? true;
}

/** The parts of a cursor that PostgreSQL takes for certain; undefined for everything else. */
function parseCursor(cursor: string): { lineage: string; snapshot: string } | undefined {
  const [, lineage, snapshot, xmin, xmax, running] =
    /^([a-z0-9-]{1,80})\.((\d{1,18}):(\d{1,18}):((?:\d{1,18},)*(?:\d{1,18})?))$/.exec(cursor) ?? [];
  if (!lineage || !snapshot) return undefined;
  const bounds = [xmin, ...(running ? running.split(",") : []), xmax].map((number) => BigInt(number || "0"));
  const isAscending = bounds.every((bound, index) => bound > 0n && (index === 0 || bound >= (bounds[index - 1] ?? 0n)));
  const isOpen = !running || BigInt(running.split(",").at(-1) || "0") < BigInt(xmax ?? "0");
  return isAscending && isOpen ? { lineage, snapshot } : undefined;
}

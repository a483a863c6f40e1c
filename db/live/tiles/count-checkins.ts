import { type SQL, sql } from "drizzle-orm";

import type { Database } from "../../connections";
import { oldestCells } from "../../rules/live/density-window";
import { opsCheckinCells, opsCheckinCounts } from "../../schema";
import { listChangesSince, readCursor } from "../feed/snapshot-cursor";
import { cellZooms, deepestCellZoom } from "./cell-zooms";

/** `cells`: rows written. */
export type Counted = { kind: "counted" | "rebuilt"; cells: number };

const rebuildEveryMs = 86_400_000;

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/**
 * Counts the check-ins that were committed since the last call into the cells of the map, each exactly once: the counts
 * and the cursor that they stand at are one transaction. Without a cursor, with one too old, and once a day, since
 * nothing tells of check-ins that are removed, everything is counted anew under one snapshot. Of two at once the later
 * fails with 40001 and may try again. Needs console_ops; two minutes for ten million check-ins.
 */
export async function countCheckins(
  db: Database,
  { asOf, isRebuildAsked = false }: { asOf: Date; isRebuildAsked?: boolean },
): Promise<Counted> {
  return db.transaction(
    async (transaction) => {
      await transaction.execute(sql`set local statement_timeout = '15min'`);
      const [state] = await transaction.select().from(opsCheckinCounts).for("update");
      const isOld = state && asOf.getTime() - state.rebuiltAt.getTime() >= rebuildEveryMs;
      const isContinued = state && !isOld && !isRebuildAsked;
      const found = isContinued ? await listChangesSince(transaction, state.cursor, { most: 200_000 }) : "too-old";
      if (!state || found === "too-old") return rebuild(transaction, asOf);
      const changes = found.changes.filter(({ topic }) => topic === "checkin");
      if (hourOf(state.countedAt) !== hourOf(asOf)) await dropOldCells(transaction, asOf);
      const ids = `{${changes.map(({ entityId }) => entityId).join(",")}}`;
      const cells =
        changes.length > 0 ? await addCounts(transaction, asOf, sql`gps_checkins.id = any (${ids}::bigint[])`) : 0;
      await transaction.update(opsCheckinCounts).set({ cursor: found.cursor, countedAt: asOf });
      return { kind: "counted", cells };
    },
    { isolationLevel: "repeatable read" },
  );
}

async function rebuild(transaction: Transaction, asOf: Date): Promise<Counted> {
  const cursor = await readCursor(transaction);
  await transaction.delete(opsCheckinCells);
  const cells = await addCounts(transaction, asOf, sql`true`);
  const state = { cursor, countedAt: asOf, rebuiltAt: asOf };
  await transaction
    .insert(opsCheckinCounts)
    .values(state)
    .onConflictDoUpdate({ target: opsCheckinCounts.id, set: state });
  return { kind: "rebuilt", cells };
}

async function dropOldCells(transaction: Transaction, asOf: Date): Promise<void> {
  const { hourAt, dayAt } = oldestCells(asOf);
  await transaction.execute(sql`
    delete from ops_checkin_cells
    where (hours = 1 and at < ${hourAt.toISOString()}::timestamptz)
       or (hours = 24 and at < ${dayAt.toISOString()}::timestamptz)`);
}

/** Adds check-ins to the cells of every zoom, by hour as far back as hours are asked for, and by day. */
async function addCounts(transaction: Transaction, asOf: Date, which: SQL): Promise<number> {
  const { hourAt, dayAt } = oldestCells(asOf);
  const zooms = cellZooms.map((zoom) => sql`(${zoom}::integer)`);
  const written = await transaction.execute(sql`
    with finest as materialized (
      select
        date_trunc('hour', gps_checkins.created_at, 'UTC') as at,
        floor((ST_X(gps_point::geometry) + 180) / 360 * ${finestCells}::float8)::integer as gx,
        floor((1 - asinh(tan(radians(ST_Y(gps_point::geometry)))) / pi()) / 2 * ${finestCells}::float8)::integer as gy,
        count(*) filter (where is_within_radius) as inside,
        count(*) filter (where not is_within_radius) as outside,
        count(*) filter (where is_within_radius is null) as uncertain
      from gps_checkins
      join shifts
        on shifts.id = gps_checkins.shift_id
        and gps_checkins.created_at between shifts.start_datetime - interval '30 minutes' and shifts.end_datetime + interval '30 minutes'
      where gps_checkins.created_at >= ${dayAt.toISOString()}::timestamptz
        and abs(ST_Y(gps_point::geometry)) <= 85 -- beyond it no map goes
        and abs(ST_X(gps_point::geometry)) < 180
        and ${which}
      group by 1, 2, 3
    ),
    spans as (
      select 1 as hours, * from finest where at >= ${hourAt.toISOString()}::timestamptz
      union all
      select 24, date_trunc('day', at, 'UTC'), gx, gy, sum(inside), sum(outside), sum(uncertain)
      from finest
      group by 2, 3, 4
    )
    insert into ops_checkin_cells as kept (hours, zoom, tile_x, tile_y, at, cell, inside, outside, uncertain)
    select
      hours, zoom, gx >> finer >> 6, gy >> finer >> 6, at, ((gy >> finer) & 63) << 6 | ((gx >> finer) & 63),
      sum(inside), sum(outside), sum(uncertain)
    from spans
    cross join (values ${sql.join(zooms, sql`, `)}) as level (zoom)
    cross join lateral (select ${deepestCellZoom}::integer - zoom as finer) as step
    group by 1, 2, 3, 4, 5, 6
    order by 1, 2, 3, 4, 5, 6 -- as a tile reads them
    on conflict (hours, zoom, tile_x, tile_y, at, cell) do update set
      inside = kept.inside + excluded.inside,
      outside = kept.outside + excluded.outside,
      uncertain = kept.uncertain + excluded.uncertain`);
  return written.count;
}

const finestCells = 2 ** (deepestCellZoom + 6);

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / 3_600_000);
}

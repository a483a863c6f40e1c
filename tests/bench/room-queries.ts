import { drizzle } from "drizzle-orm/postgres-js";

import { type Database, openClient, type Sql } from "../../db/connections";
import { listCrossingShifts } from "../../db/live/feed/list-crossing-shifts";
import { getGuardWhereabouts } from "../../db/live/get-guard-whereabouts";
import { getShiftDetail } from "../../db/live/get-shift-detail";
import { listRecentCheckins } from "../../db/live/list-recent-checkins";
import { listShiftsAround } from "../../db/live/list-shifts-around";
import { listShiftsNear } from "../../db/live/list-shifts-near";
import * as schema from "../../db/schema";
import { countShifts } from "../../db/shifts/count-shifts";
import { findNamed } from "../../db/shifts/find-named";
import { getShift } from "../../db/shifts/get-shift";
import {
  listShiftAssignments,
  listShiftCheckins,
  listShiftIncidents,
  listShiftPayments,
  listTrail,
} from "../../db/shifts/list-shift-events";
import { listShifts } from "../../db/shifts/list-shifts";
import type { ShiftSort } from "../../db/shifts/shift-order";
import { type Latency, latencyOf } from "./quantiles";

const asOf = new Date();
const ago = (hours: number) => new Date(asOf.getTime() - hours * 3_600_000);
const amsterdam = { latitude: 52.37, longitude: 4.9 };

/** One guard on one shift that runs, or ran last. */
type Place = { shiftId: number; guardId: number };

type RoomQuery = {
  name: string;
  /** What its statements walk; null where they read a short table whole. */
  index: string | null;
  read: (db: Database, place: Place) => Promise<unknown>;
};

const byCheckin = "gps_checkins_shift_id_created_at_idx";
const byStart = "shifts_start_datetime_end_datetime_status_idx";

const orders: Record<ShiftSort["by"], string> = {
  id: "shifts_pkey",
  start: byStart,
  end: "shifts_end_datetime_start_datetime_id_idx",
  updated: "shifts_updated_at_start_datetime_id_idx",
  rate: "shifts_hourly_rate_start_datetime_id_idx",
  status: "shifts_status_start_datetime_id_idx",
  location: "shifts_location_id_start_datetime_idx",
  client: "shifts_client_id_start_datetime_idx",
  guard: "shifts_professional_id_start_datetime_idx",
};

const page = (by: ShiftSort["by"], isDescending: boolean): RoomQuery => ({
  name: `shifts: a page by ${by}${isDescending ? ", descending" : ""}`,
  // Those whom nobody has come first, by start.
  index: by === "guard" && isDescending ? null : orders[by],
  read: (db) => listShifts(db, { filter: {}, sort: { by, isDescending }, limit: 51 }),
});

const window = { startsFrom: ago(24), startsBefore: asOf };

/** The reads of the live room and of the shifts room. */
export const roomQueries: readonly RoomQuery[] = [
  { name: "live: the board", index: byStart, read: (db) => listShiftsAround(db, { asOf }) },
  {
    name: "live: the board of yesterday",
    index: byCheckin,
    read: (db) => listShiftsAround(db, { asOf: ago(26), isPast: true }),
  },
  {
    name: "live: one shift that changed",
    index: "shifts_pkey",
    read: (db, { shiftId }) => listShiftsAround(db, { asOf, shiftIds: [shiftId] }),
  },
  {
    name: "live: who came and went by time",
    index: byStart,
    read: (db) => listCrossingShifts(db, { after: ago(5 / 3600), until: asOf, most: 1000 }),
  },
  {
    name: "live: the last check-ins of a shift",
    index: byCheckin,
    read: (db, { shiftId }) => listRecentCheckins(db, { shiftId, asOf }),
  },
  {
    name: "live: the drawer",
    index: "shifts_pkey",
    read: (db, { shiftId }) => getShiftDetail(db, { shiftId, asOf, isPast: false }),
  },
  {
    name: "live: within 2 km of a point",
    index: "locations_location_point_idx",
    read: (db) => listShiftsNear(db, { asOf, point: amsterdam, radiusMeters: 2_000 }),
  },
  {
    name: "live: where a guard is",
    index: "assignments_professional_id_began_at_idx",
    read: (db, { guardId }) => getGuardWhereabouts(db, { guardId, asOf }),
  },
  ...(Object.keys(orders) as ShiftSort["by"][]).flatMap((by) => [page(by, false), page(by, true)]),
  {
    name: "shifts: a page of one day's assigned",
    index: orders.status,
    read: (db) =>
      listShifts(db, {
        filter: { ...window, statuses: ["assigned"] },
        sort: { by: "start", isDescending: true },
        limit: 51,
      }),
  },
  {
    name: "shifts: how many of one day",
    index: byStart,
    read: (db) => countShifts(db, { filter: window, most: 10_000 }),
  },
  { name: "shifts: whose name holds a text", index: null, read: (db) => findNamed(db, "van der") },
  { name: "shifts: one shift", index: "shifts_pkey", read: (db, { shiftId }) => getShift(db, shiftId) },
  {
    name: "shifts: its check-ins",
    index: byCheckin,
    read: (db, { shiftId }) => listShiftCheckins(db, shiftId),
  },
  { name: "shifts: its trail", index: byCheckin, read: (db, { shiftId }) => listTrail(db, shiftId) },
  {
    name: "shifts: its assignments",
    index: "assignments_shift_id_began_at_idx",
    read: (db, { shiftId }) => listShiftAssignments(db, shiftId),
  },
  {
    name: "shifts: its incidents",
    index: "incidents_shift_id_idx",
    read: (db, { shiftId }) => listShiftIncidents(db, shiftId),
  },
  {
    name: "shifts: its payments",
    index: "finqle_transactions_shift_id_idx",
    read: (db, { shiftId }) => listShiftPayments(db, shiftId),
  },
];

export type MeasuredQuery = Latency & { name: string; index: string | null; isIndexUsed: boolean };

const rounds = 40;

/** Each statement as it is sent, with its answer read, by one client: latencies at `large`, plans at `medium`. */
export async function measureRoomQueries(urls: { medium: string; large: string }): Promise<MeasuredQuery[]> {
  const [medium, large] = [openReader(urls.medium), openReader(urls.large)];
  try {
    const [there, here] = [await findPlace(medium.sql), await findPlace(large.sql)];
    const measured: MeasuredQuery[] = [];
    for (const { name, index, read } of roomQueries) {
      const plans = await Promise.all(
        (await medium.statementsOf((db) => read(db, there))).map(async ({ text, values }) => {
          const [row] = await medium.sql.unsafe(`explain (format json) ${text}`, values as never[]);
          return JSON.stringify(row?.["QUERY PLAN"]);
        }),
      );
      const statements = await large.statementsOf((db) => read(db, here));
      const milliseconds: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const startedAt = performance.now();
        for (const { text, values } of statements) await large.sql.unsafe(text, values as never[]).values();
        milliseconds.push(performance.now() - startedAt);
      }
      const isIndexUsed = index === null || plans.some((plan) => plan.includes(`"${index}"`));
      measured.push({ name, index, isIndexUsed, ...latencyOf(milliseconds) });
    }
    return measured;
  } finally {
    await Promise.all([medium.close(), large.close()]);
  }
}

function openReader(url: string) {
  const sent: { text: string; values: unknown[] }[] = [];
  const [forDrizzle, sql] = [0, 1].map(() => openClient(url, { max: 1, applicationName: "bench" })) as [Sql, Sql];
  const logger = { logQuery: (text: string, values: unknown[]) => void sent.push({ text, values }) };
  const db: Database = drizzle(forDrizzle, { schema, logger });
  return {
    sql,
    statementsOf: async (read: (db: Database) => Promise<unknown>) => {
      sent.length = 0;
      await read(db);
      return [...sent];
    },
    close: () => Promise.all([forDrizzle.end(), sql.end()]),
  };
}

async function findPlace(sql: Sql): Promise<Place> {
  const [found] = await sql<Place[]>`
    select id as "shiftId", professional_id as "guardId" from shifts
    where professional_id is not null and start_datetime between ${ago(6)} and ${ago(1)} and status <> 'cancelled'
    order by start_datetime limit 1`;
  if (!found) throw new Error("The day holds no shift that began in the last six hours. Seed it again.");
  return { shiftId: Number(found.shiftId), guardId: Number(found.guardId) };
}

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { getRecordExtent } from "../../../db/live/get-record-extent";
import { getShiftDetail } from "../../../db/live/get-shift-detail";
import { listRecentCheckins } from "../../../db/live/list-recent-checkins";
import { listShiftsAround } from "../../../db/live/list-shifts-around";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, engageCast, now, openAsOwner } from "./board";

let databases: TestDatabases;
const yesterday = new Date(now.getTime() - 26 * 3_600_000);

/** Sixty days of shifts around now, three thousand open posts, and a dozen check-ins for each of the last day. */
async function fill(db: Database, cast: Cast): Promise<void> {
  await db.execute(sql`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate, created_at)
    select ${cast.companyId}, ${cast.clientId}, ${cast.locationId}, 'published', start, start + interval '8 hours', 30, start - interval '9 days'
    from generate_series(1, 20000) as n,
         lateral (select ${now.toISOString()}::timestamptz + (n - 15000) * interval '4 minutes' as start) as planned
  `);
  await db.execute(sql`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at, created_at)
    select id, ${cast.guardId}, 'ping', 'SRID=4326;POINT(4.8926 52.3731)'::geography, 10, true, heard, heard
    from shifts, generate_series(0, 475, 40) as minute,
         lateral (select start_datetime + minute * interval '1 minute' as heard) as ping
    where abs(extract(epoch from start_datetime - ${now.toISOString()}::timestamptz)) < 86400 * 5
  `);
  await db.execute(sql`
    insert into ops_shift_history (shift_id, until_at, status, start_datetime, end_datetime, location_id, post)
    select id, start_datetime - hours * interval '1 hour', 'draft', start_datetime, end_datetime, location_id, post
    from shifts, generate_series(1, 40, 13) as hours
  `);
  await db.execute(sql`
    insert into incidents (shift_id, severity, summary) select id, 'low', 'A lost bag' from shifts where id % 3 = 0
  `);
  await db.execute(sql`
    insert into finqle_transactions (shift_id, professional_id, amount) select id, ${cast.guardId}, 100 from shifts
  `);
  await db.execute(sql`
    insert into assignments (shift_id, professional_id, began_reason) select id, ${cast.guardId}, 'assigned' from shifts
  `);
  await db.execute(sql`analyze`);
}

beforeAll(async () => {
  databases = await cloneDatabases();
  const owner = openAsOwner(databases.environment.DATABASE_URL as string);
  await fill(owner.db, await engageCast(owner.db));
  await owner.close();
});

afterAll(async () => {
  await databases.drop();
});

type Node = {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Loops": number;
  Plans?: Node[];
};

/** The plan, with real rows, of the one statement that `read` sends; of its statement `position` where it sends more. */
async function explain(read: (db: Database) => Promise<unknown>, position?: number): Promise<Node[]> {
  const sent: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  const url = loginUrl(databases.environment, "console_read");
  const forDrizzle = openClient(url, { max: 1, applicationName: "tests" });
  const plain = openClient(url, { max: 1, applicationName: "tests" });
  try {
    await read(drizzle(forDrizzle, { schema, logger }));
    if (position === undefined) expect(sent).toHaveLength(1);
    const { query, params } = sent[position ?? 0] as { query: string; params: unknown[] };
    const [row] = await plain.unsafe(`explain (analyze, format json) ${query}`, params as never[]);
    return flatten(row?.["QUERY PLAN"][0].Plan);
  } finally {
    await forDrizzle.end();
    await plain.end();
  }
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

const usedIndexes = (nodes: Node[]) => nodes.map((node) => node["Index Name"]).filter(Boolean);
const scannedWhole = (nodes: Node[]) =>
  nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]);

test("the board is one query that walks the indexes it names", async () => {
  const nodes = await explain((db) => listShiftsAround(db, { asOf: now }));
  expect(usedIndexes(nodes)).toEqual(
    expect.arrayContaining(["shifts_start_datetime_end_datetime_status_idx", "gps_checkins_shift_id_created_at_idx"]),
  );
  expect(scannedWhole(nodes)).not.toContain("shifts");
  expect(scannedWhole(nodes)).not.toContain("gps_checkins");
});

test("the last check-ins of a shift are one walk of the index", async () => {
  const nodes = await explain((db) => listRecentCheckins(db, { shiftId: 15_000, asOf: now }));
  expect(usedIndexes(nodes)).toContain("gps_checkins_shift_id_created_at_idx");
  expect(scannedWhole(nodes)).not.toContain("gps_checkins");
});

test("the board of a past moment walks the history by its indexes, and the same ones as the present", async () => {
  for (const shiftIds of [undefined, [15_000, 15_001]]) {
    const nodes = await explain((db) => listShiftsAround(db, { asOf: yesterday, isPast: true, shiftIds }));
    expect(usedIndexes(nodes)).toEqual(
      expect.arrayContaining(["ops_shift_history_shift_id_until_at_idx", "gps_checkins_shift_id_created_at_idx"]),
    );
    expect(scannedWhole(nodes)).not.toContain("shifts");
    expect(scannedWhole(nodes)).not.toContain("gps_checkins");
    expect(scannedWhole(nodes)).not.toContain("ops_shift_history");
  }
});

test("the drawer reads the shift, its incidents, payments and assignments by their indexes", async () => {
  const tables = ["shifts", "incidents", "finqle_transactions", "assignments", "ops_shift_history"];
  for (const isPast of [true, false]) {
    for (const position of [0, 1, 2, 3]) {
      const asked = { shiftId: 15_000, asOf: isPast ? yesterday : now, isPast };
      const nodes = await explain((db) => getShiftDetail(db, asked), position);
      for (const table of tables) expect(scannedWhole(nodes)).not.toContain(table);
    }
  }
});

test("how far the record goes is one step of an index where it goes far enough", async () => {
  const nodes = await explain((db) => getRecordExtent(db, { asOf: now }));
  expect(usedIndexes(nodes)).toEqual(["ops_shift_history_is_reconstructed_until_at_idx"]);
});

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { listRecentCheckins } from "../../../db/live/list-recent-checkins";
import { listShiftsAround } from "../../../db/live/list-shifts-around";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, engageCast, now, openAsOwner } from "./board";

let databases: TestDatabases;

/** Sixty days of shifts around now, three thousand open posts, and a dozen check-ins for each of the last day. */
async function fill(db: Database, cast: Cast): Promise<void> {
  await db.execute(sql`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    select ${cast.companyId}, ${cast.clientId}, ${cast.locationId}, 'published', start, start + interval '8 hours', 30
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
  await db.execute(sql`analyze shifts, gps_checkins, incidents, locations, organizations`);
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

/** The plan, with real rows, of the one statement that `read` sends. */
async function explain(read: (db: Database) => Promise<unknown>): Promise<Node[]> {
  const sent: { query: string; params: unknown[] }[] = [];
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  const url = loginUrl(databases.environment, "console_read");
  const forDrizzle = openClient(url, { max: 1, applicationName: "tests" });
  const plain = openClient(url, { max: 1, applicationName: "tests" });
  try {
    await read(drizzle(forDrizzle, { schema, logger }));
    expect(sent).toHaveLength(1);
    const [{ query, params }] = sent as [{ query: string; params: unknown[] }];
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

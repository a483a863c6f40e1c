import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import * as schema from "../../../db/schema";
import { shiftStatuses } from "../../../db/schema";
import { countShifts } from "../../../db/shifts/count-shifts";
import { type ListedShift, listShifts } from "../../../db/shifts/list-shifts";
import type { ShiftFilter } from "../../../db/shifts/shift-filter";
import { type ShiftSort, shiftSorts } from "../../../db/shifts/shift-order";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { minutesFromNow, openAsOwner } from "../live/board";
import { scatterShifts } from "./scattered-shifts";

let databases: TestDatabases;
let client: Sql;
let db: Database;
let owner: ReturnType<typeof openAsOwner>;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  await scatterShifts(owner.db, { shiftCount: 130 });
  client = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
  db = drizzle(client, { schema });
});
afterAll(async () => {
  await Promise.all([client.end(), owner.close()]);
  await databases.drop();
});

const filters: Record<string, ShiftFilter> = {
  everything: {},
  "a window of starts": { startsFrom: minutesFromNow(12 * 60), startsBefore: minutesFromNow(5 * 24 * 60) },
  "two states": { statuses: ["published", "cancelled"] },
  "those without a guard": { isWithoutGuard: true },
  "a region and a client": { region: "Utrecht", clientId: 5 },
  "some guards": { guardIds: [1, 2, 3, 12, 33] },
};

/** What each sort compares, written down a second time and without any index. */
const naiveKeys: Record<ShiftSort["by"], SQL[]> = {
  id: [],
  start: [sql`start_datetime`],
  end: [sql`end_datetime`, sql`start_datetime`],
  updated: [sql`updated_at`, sql`start_datetime`],
  rate: [sql`hourly_rate`, sql`start_datetime`],
  status: [sql`array_position(${`{${shiftStatuses.join(",")}}`}::text[], status)`, sql`start_datetime`],
  location: [sql`locations.name`, sql`start_datetime`],
  client: [sql`client.name`, sql`start_datetime`],
  guard: [sql`users.full_name`, sql`start_datetime`],
};

/** All ids in order, by one plain query over everything joined. */
async function naiveOrder({ by, isDescending }: ShiftSort, filter: ShiftFilter): Promise<number[]> {
  const direction = isDescending ? sql`desc` : sql`asc`;
  const rows = await owner.db.execute<Record<string, unknown>>(sql`
    select shifts.*, locations.region
    from shifts join locations on locations.id = location_id join organizations as client on client.id = client_id
    left join security_professionals on security_professionals.id = professional_id
    left join users on users.id = user_id
    order by ${sql.join(
      [...naiveKeys[by], sql`shifts.id`].map((key) => sql`${key} ${direction}`),
      sql`, `,
    )}`);
  const guards = filter.guardIds?.map(Number);
  return [...rows]
    .filter(
      (row) =>
        (!filter.statuses || filter.statuses.includes(row.status as "draft")) &&
        (!filter.isWithoutGuard || row.professional_id === null) &&
        (!filter.region || row.region === filter.region) &&
        (!filter.clientId || Number(row.client_id) === filter.clientId) &&
        (!guards || guards.includes(Number(row.professional_id))) &&
        (!filter.startsFrom || new Date(row.start_datetime as string) >= filter.startsFrom) &&
        (!filter.startsBefore || new Date(row.start_datetime as string) < filter.startsBefore),
    )
    .map(({ id }) => Number(id));
}

/** Every page from one end to the other; `after` walks forward, `before` back. */
async function walk(sort: ShiftSort, filter: ShiftFilter, side: "after" | "before", isFew: boolean): Promise<number[]> {
  const limit = 11;
  const start = { filter, sort, limit, isFew };
  const seen: number[] = [];
  let edge: ListedShift | undefined;
  if (side === "before") {
    const backwards = { ...sort, isDescending: !sort.isDescending };
    const last = (await listShifts(db, { ...start, sort: backwards, limit: 1 })).at(0);
    if (!last) return [];
    seen.push(last.id);
    edge = last;
  }
  for (;;) {
    const page: ListedShift[] = await listShifts(db, {
      ...start,
      beside: edge && { side, position: edge.position },
    });
    if (page.length === 0) return seen;
    if (side === "after") seen.push(...page.map(({ id }) => id));
    else seen.unshift(...page.map(({ id }) => id));
    edge = side === "after" ? page.at(-1) : page.at(0);
  }
}

test.each(shiftSorts)("by %s, either way, all pages together hold each shift once and in order", async (by) => {
  for (const isDescending of [false, true]) {
    for (const [name, filter] of Object.entries(filters)) {
      const sort = { by, isDescending };
      const expected = await naiveOrder(sort, filter);
      const isFew = isDescending === (name === "two states");
      expect(expected.length, name).toBeGreaterThan(1);
      expect(await walk(sort, filter, "after", isFew), `${name}, forward`).toEqual(expected);
      expect(await walk(sort, filter, "before", !isFew), `${name}, back`).toEqual(expected);
      expect(await countShifts(db, { filter, most: null }), name).toBe(expected.length);
    }
  }
});

test("a page stays in its place when the shift that it begins after goes", async () => {
  const sort = { by: "updated", isDescending: false } as const;
  const page = await listShifts(db, { filter: {}, sort, limit: 10 });
  const edge = page.at(-1) as ListedShift;
  const next = async () => {
    const beside = { side: "after", position: edge.position } as const;
    return (await listShifts(db, { filter: {}, sort, limit: 5, beside })).map(({ id }) => id);
  };
  const rest = await next();
  await owner.db.execute(sql`delete from shifts where id = ${edge.id}`);
  expect(await next()).toEqual(rest);
});

test("a count is exact up to its bound and one more beyond", async () => {
  const all = await countShifts(db, { filter: {}, most: null });
  expect(await countShifts(db, { filter: {}, most: all })).toBe(all);
  expect(await countShifts(db, { filter: {}, most: 50 })).toBe(51);
  expect(await countShifts(db, { filter: { guardIds: [] }, most: 50 })).toBe(0);
});

import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import { assignments, shifts } from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, engageCast, minutesFromNow, openAsOwner, planShift } from "../live/board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
});
beforeEach(async () => {
  await owner.db.execute(sql`truncate shifts cascade`);
});
afterAll(async () => {
  await owner.close();
  await databases.drop();
});

const change = (id: number, values: Partial<typeof shifts.$inferInsert>) =>
  owner.db.update(shifts).set(values).where(eq(shifts.id, id));

async function told(shiftId: number) {
  const rows = await owner.db
    .select()
    .from(assignments)
    .where(eq(assignments.shiftId, shiftId))
    .orderBy(asc(assignments.id));
  const name = (id: number) => (id === cast.guardId ? "Sanne" : "Tim");
  return rows.map((row) => [name(row.professionalId), row.beganAt, row.beganReason, row.endedAt, row.endedReason]);
}

test("whoever takes a shift has an assignment, which work and completion leave standing", async () => {
  const id = await planShift(owner.db, cast, { from: 60, to: 300, status: "published", professionalId: null });
  expect(await told(id)).toEqual([]);
  const assignedAt = minutesFromNow(-40);
  await change(id, { status: "assigned", professionalId: cast.guardId, assignedAt });
  await change(id, { status: "active" });
  await change(id, { status: "completed" });
  expect(await told(id)).toEqual([["Sanne", assignedAt, "assigned", null, null]]);
});

test("a guard who is replaced has had the shift until the other took it", async () => {
  const id = await planShift(owner.db, cast, { from: 60, to: 300, assignedAt: minutesFromNow(-40) });
  await change(id, { professionalId: cast.otherGuardId, assignedAt: minutesFromNow(-20) });
  expect(await told(id)).toEqual([
    ["Sanne", minutesFromNow(-40), "assigned", minutesFromNow(-20), "reassigned"],
    ["Tim", minutesFromNow(-20), "reassigned", null, null],
  ]);
});

test("cancelling ends an assignment with its reason; a guard who is taken off was unassigned", async () => {
  const cancelled = await planShift(owner.db, cast, { from: 60, to: 300, assignedAt: minutesFromNow(-40) });
  await change(cancelled, { status: "cancelled", cancelledAt: minutesFromNow(-10), cancelReason: "sick" });
  expect(await told(cancelled)).toEqual([["Sanne", minutesFromNow(-40), "assigned", minutesFromNow(-10), "sick"]]);

  const left = await planShift(owner.db, cast, { from: 60, to: 300, assignedAt: minutesFromNow(-40) });
  await change(left, { status: "published", professionalId: null });
  await change(left, { status: "assigned", professionalId: cast.otherGuardId });
  const [first, second] = await told(left);
  expect(first).toEqual(["Sanne", minutesFromNow(-40), "assigned", expect.any(Date), "unassigned"]);
  expect(second).toEqual(["Tim", expect.any(Date), "assigned", null, null]);
  expect(Number(second?.[1])).toBeGreaterThanOrEqual(Number(first?.[3]));
});

test("the writes of the product go through whatever instants they give", async () => {
  const id = await planShift(owner.db, cast, { from: 60, to: 300, assignedAt: minutesFromNow(-40) });
  await change(id, { professionalId: cast.otherGuardId, assignedAt: minutesFromNow(-90) });
  const [first, second] = await told(id);
  expect(first?.slice(3)).toEqual([minutesFromNow(-40), "reassigned"]);
  expect(second?.[1]).toEqual(minutesFromNow(-90));

  const ahead = await planShift(owner.db, cast, { from: 400, to: 500, assignedAt: new Date("2999-01-01T00:00:00Z") });
  const [only] = await told(ahead);
  expect(Number(only?.[1])).toBeLessThanOrEqual(Date.now() + 60_000);
});

test("a shift has one open assignment at most", async () => {
  const shiftId = await planShift(owner.db, cast, { from: 60, to: 300 });
  await expect(
    owner.db.insert(assignments).values({ shiftId, professionalId: cast.otherGuardId, beganReason: "assigned" }),
  ).rejects.toMatchObject({ cause: { constraint_name: "assignments_open_shift_id_idx" } });
});

test("shifts of before are told as far as their columns tell", async () => {
  const migrations = readMigrations(securyflexMigrations);
  const url = databases.environment.DATABASE_URL as string;
  const first = migrations.find(({ name }) => name === "assignments")?.version as number;
  await migrateDown(url, migrations, { steps: migrations.length - first + 1 });
  const plan = (from: number, values: Parameters<typeof planShift>[2] | object) =>
    planShift(owner.db, cast, { from, to: from + 50, ...values });
  const standing = await plan(60, { assignedAt: minutesFromNow(-40) });
  const undated = await plan(200, {});
  const cancelled = await plan(400, {
    ...{ status: "cancelled", assignedAt: minutesFromNow(-40), cancelledAt: minutesFromNow(-10) },
  });
  const unknown = await plan(600, { status: "cancelled" });
  await migrateUp(url, migrations);

  expect(await told(standing)).toEqual([["Sanne", minutesFromNow(-40), "assigned", null, null]]);
  expect(await told(undated)).toEqual([["Sanne", null, "assigned", null, null]]);
  expect(await told(cancelled)).toEqual([["Sanne", minutesFromNow(-40), "assigned", minutesFromNow(-10), "cancelled"]]);
  expect(await told(unknown)).toEqual([]);
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Role } from "../../app/auth/permissions";
import { auditEvents } from "../../db/console/schema";
import { type Cast, checkIn, engageCast, minutesFromNow, openAsOwner, planShift } from "../db/live/board";
import { startTestConsole, type TestConsole } from "../support/console";
import { onServer } from "../support/templates";

let ops: TestConsole;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;
const sessions = new Map<Role, string>();

beforeAll(async () => {
  ops = await startTestConsole();
  owner = openAsOwner(ops.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
  for (const role of ["ops", "support", "manager", "dba"] as const) sessions.set(role, await ops.signIn(role));
});
afterAll(async () => {
  await owner.close();
  await ops.close();
});

async function read(path: string, role: Role): Promise<{ status: number; text: string }> {
  const answer = await ops.ask(path, { session: sessions.get(role), headers: { Accept: "text/html" } });
  const html = await answer.text();
  return {
    status: answer.status,
    text: html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/<!-- -->|<[^>]+>/g, ""),
  };
}

test("on an empty database each room says what is not there, and nothing reads as a measured zero", async () => {
  const shifts = await read("/shifts", "support");
  expect(shifts).toMatchObject({ status: 200, text: expect.stringContaining("No shift starts today or later") });
  const sla = await read("/sla", "manager");
  expect(sla).toMatchObject({ status: 200, text: expect.stringContaining("Nothing to measure yet") });
  expect(sla.text).not.toMatch(/\b0 %/);
  expect((await read("/database", "dba")).text).toContain("Nothing was read yet");
  const features = await read("/database/features", "dba");
  expect(features).toMatchObject({ status: 200, text: expect.stringContaining("PostgreSQL") });
  expect(features.text).toContain("the worker has taken none in the last hour");
  expect(features.text).toContain("Both databases hold every migration");
  const operations = await read("/operations", "dba");
  expect(operations).toMatchObject({ status: 200, text: expect.stringContaining("No worker has been seen") });
  expect(operations.text).toContain("never ran");
  const migrations = await read("/operations/migrations", "dba");
  expect(migrations.text).toContain("0001_staff_and_sessions");
  expect(migrations.text).toContain("Nothing is pending");
});

test("who looks at a guard's check-ins is on record; a shift without any leaves no trace", async () => {
  // The console has the clock of this machine, not that of the tests.
  const minutes = Math.round((Date.now() - minutesFromNow(0).getTime()) / 60_000);
  const watched = await planShift(owner.db, cast, { from: minutes - 120, to: minutes + 360, status: "active" });
  await checkIn(owner.db, { shiftId: watched, guardId: cast.guardId, at: minutes - 119, meters: 0, kind: "in" });
  const free = { status: "published", professionalId: null } as const;
  const open = await planShift(owner.db, cast, { from: minutes + 60, to: minutes + 300, ...free });

  const page = await read(`/shifts/${watched}`, "support");
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining("Checked in, inside") });
  expect(page.text).not.toMatch(/52\.37|4\.89/);
  expect((await read(`/shifts/${open}`, "support")).text).toContain("Nobody has this shift");
  for (const shiftId of [watched, watched, open]) {
    expect((await read(`/live/checkins/${shiftId}`, "ops")).status).toBe(200);
  }

  const events = await ops.db.select().from(auditEvents).where(eq(auditEvents.action, "trail.read"));
  const look = { target: `shift:${watched}`, outcome: "done", details: { guardId: cast.guardId, checkins: 1 } };
  expect(events).toEqual([
    expect.objectContaining({ ...look, staffId: ops.staff.support.id }),
    expect.objectContaining({ ...look, staffId: ops.staff.ops.id }),
  ]);
});

test("a shift that does not exist is not found, whatever stands in its place", async () => {
  for (const id of ["999999", "0", "-1", "1e3", "abc", "99999999999999999999"]) {
    expect((await read(`/shifts/${id}`, "support")).status).toBe(404);
  }
});

test("the list takes any query without failing, and finds by search", async () => {
  const hostile = "text=%25_%5C&status=sleeping&from=2026-99-99&page=-7&sort=drop";
  expect((await read(`/shifts?${hostile}`, "support")).status).toBe(200);
  expect((await read("/shifts?page=999999", "support")).status).toBe(200);
  const day = minutesFromNow(0).toISOString().slice(0, 10);
  expect((await read(`/shifts?from=${day}`, "support")).text).toContain("Sanne Bakker");
  expect((await read("/shifts?text=kroon", "support")).text).toContain("De Kroon, front desk");
  expect((await read("/shifts?text=nobody+has+this+name", "support")).text).toContain("No shift matches");
});

test("when SecuryFlex is away, the rooms of the dba say so and keep what the console knows itself", async () => {
  const url = ops.environment.DATABASE_URL as string;
  const name = new URL(url).pathname.slice(1);
  await onServer(url, async (sql) => {
    await sql.unsafe(`alter database ${name} allow_connections false`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  });
  try {
    const startedAt = performance.now();
    const features = await read("/database/features", "dba");
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(features).toMatchObject({ status: 200, text: expect.stringContaining("SecuryFlex did not answer") });
    expect(features.text).toContain("What the database permits is unknown");
    const panel = await read("/database/connection-saturation", "dba");
    expect(panel).toMatchObject({ status: 200, text: expect.stringContaining("Unknown, which is not fine") });
    const operations = await read("/operations", "dba");
    expect(operations).toMatchObject({ status: 200, text: expect.stringContaining("its ledger cannot be read") });
    expect((await read("/shifts", "support")).status).toBe(503);
  } finally {
    await onServer(url, (sql) => sql.unsafe(`alter database ${name} allow_connections true`));
  }
});

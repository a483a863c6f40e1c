import { afterAll, beforeAll, expect, test } from "vitest";

import { closeConnections, consoleDatabase } from "../../../db/connections";
import {
  type AuditFilter,
  getAuditEvent,
  listAuditChoices,
  listAuditEvents,
} from "../../../db/console/list-audit-events";
import { recordAuditEvent } from "../../../db/console/record-audit-event";
import { staff } from "../../../db/console/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let ids: number[] = [];

beforeAll(async () => {
  databases = await cloneDatabases();
  Object.assign(process.env, databases.environment);
  const db = consoleDatabase();
  const [anna] = await db
    .insert(staff)
    .values({ email: "anna@example.nl", fullName: "Anna de Wit", role: "ops", passwordHash: "none" })
    .returning();
  const at = new Date("2026-11-22T13:00:00Z");
  ids = [];
  for (const event of [
    { action: "session.open", outcome: "done" as const, staffId: anna?.id, target: "staff:anna@example.nl" },
    { action: "session.open", outcome: "refused" as const, target: "staff:anna@example.nl", reason: "Wrong password" },
    { action: "page.open", outcome: "refused" as const, staffId: anna?.id, target: "/database", requestId: "r-42" },
  ]) {
    ids.push(await recordAuditEvent(db, { at, ...event }));
  }
});

afterAll(async () => {
  await closeConnections();
  await databases.drop();
});

async function listed(filter: AuditFilter, beforeId?: number): Promise<number[]> {
  const events = await listAuditEvents(consoleDatabase(), { filter, beforeId, limit: 10 });
  return events.map(({ id }) => ids.indexOf(id));
}

test("events stand newest first, also those of one instant, and go on behind a given one", async () => {
  expect(await listed({})).toEqual([2, 1, 0]);
  expect(await listed({}, ids[2])).toEqual([1, 0]);
  expect(await listed({}, ids[0])).toEqual([]);
});

test("each filter keeps what it names, and all act together", async () => {
  expect(await listed({ action: "session.open" })).toEqual([1, 0]);
  expect(await listed({ person: "Anna@Example.nl" })).toEqual([2, 0]);
  expect(await listed({ person: "nobody@example.nl" })).toEqual([]);
  expect(await listed({ outcome: "refused" })).toEqual([2, 1]);
  expect(await listed({ outcome: "refused", person: "anna@example.nl" })).toEqual([2]);
});

test("text is found in target, reason, action and request, in any case, and means itself", async () => {
  expect(await listed({ text: "WRONG pass" })).toEqual([1]);
  expect(await listed({ text: "R-42" })).toEqual([2]);
  expect(await listed({ text: "anna@" })).toEqual([1, 0]);
  expect(await listed({ text: "%" })).toEqual([]);
  expect(await listed({ text: "'; drop table staff; --" })).toEqual([]);
});

test("one event is read with its person, or not at all", async () => {
  expect(await getAuditEvent(consoleDatabase(), ids[0] as number)).toMatchObject({
    staffName: "Anna de Wit",
    staffEmail: "anna@example.nl",
    outcome: "done",
  });
  expect(await getAuditEvent(consoleDatabase(), ids[1] as number)).toMatchObject({ staffName: null });
  expect(await getAuditEvent(consoleDatabase(), 999_999)).toBeUndefined();
});

test("the choices are the actions that happened and the people who have an account", async () => {
  expect(await listAuditChoices(consoleDatabase())).toEqual({
    actions: ["page.open", "session.open"],
    people: [{ email: "anna@example.nl", fullName: "Anna de Wit" }],
  });
});

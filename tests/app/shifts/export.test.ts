import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Role } from "../../../app/auth/permissions";
import { auditEvents, sessions as sessionTable } from "../../../db/console/schema";
import { openAsOwner } from "../../db/live/board";
import { scatterShifts } from "../../db/shifts/scattered-shifts";
import { startTestConsole, type TestConsole } from "../../support/console";
import { until } from "../../support/until";

let ops: TestConsole;
let owner: ReturnType<typeof openAsOwner>;
const sessions = new Map<Role, string>();

beforeAll(async () => {
  ops = await startTestConsole();
  owner = openAsOwner(ops.environment.DATABASE_URL as string);
  await scatterShifts(owner.db, { shiftCount: 40_000 });
  for (const role of ["support", "dba"] as const) sessions.set(role, await ops.signIn(role));
});
afterAll(async () => {
  await owner?.close();
  await ops?.close();
});

const ask = (search: string, role?: Role, init: RequestInit = {}) =>
  ops.ask(`/shifts.csv${search}`, { session: role && sessions.get(role), ...init });

const exportsOnRecord = () =>
  ops.db.select().from(auditEvents).where(eq(auditEvents.action, "shifts.export")).orderBy(auditEvents.id);

test("nobody exports signed out, nor with a role that may not; a question alone exports nothing", async () => {
  expect((await ask("")).status).toBe(401);
  expect((await ask("", "dba")).status).toBe(403);
  const head = await ask("?from=", "support", { method: "HEAD" });
  expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(await exportsOnRecord()).toEqual([]);
});

test("an address that cannot be meant whole exports nothing", async () => {
  for (const search of [
    "?status=sleeping",
    "?from=2026-02-30",
    "?columns=secret",
    "?sort=drop",
    "?client=nobody-of-ours",
  ]) {
    const answer = await ask(search, "support");
    expect(answer.status, search).toBe(400);
    expect(await answer.text()).not.toContain(search.split("=")[1]);
  }
});

test("a file holds every shift that matches once, and both its begin and its end are on record", async () => {
  const answer = await ask("?from=&unassigned=1&columns=id,status&sort=-rate", "support");
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="shifts-\d{4}-\d{2}-\d{2}-\d{4}\.csv"$/,
  );
  const text = await answer.text();
  expect(text).toContain("Filter,guard nobody\r\n");
  expect(text).toContain('Order,"Rate an hour, last to first"\r\n');
  const ids = text.split("\r\n").flatMap((line) => line.match(/^(\d+),[a-z]+$/)?.[1] ?? []);
  expect(new Set(ids).size).toBe(13_333);
  expect(ids).toHaveLength(13_333);
  expect(text.endsWith("End of export,13333\r\n")).toBe(true);
  await until(async () => (await exportsOnRecord()).length === 2);
  expect(await exportsOnRecord()).toMatchObject([
    { outcome: "intent", staffId: ops.staff.support.id },
    { outcome: "done", details: { filter: "guard nobody", columns: ["id", "status"], matched: 13_333, rows: 13_333 } },
  ]);
});

test("the SLA room sends its files to who may read it, refuses what cannot be meant, and puts both on record", async () => {
  const sla = (path: string, role?: Role) => ops.ask(`/sla/${path}`, { session: role && sessions.get(role) });
  expect((await sla("shifts.csv")).status).toBe(401);
  expect((await sla("numbers.csv", "dba")).status).toBe(403);
  expect((await sla("shifts.csv?metric=drop", "support")).status).toBe(400);
  expect((await sla("numbers.csv?by=guard", "support")).status).toBe(400);
  const nowhere = "reports/00000000-0000-4000-8000-000000000000";
  expect((await sla(`${nowhere}.pdf`)).status).toBe(401);
  expect((await sla(`${nowhere}.pdf`, "dba")).status).toBe(403);
  for (const path of [`${nowhere}.pdf`, `${nowhere}.csv`, "reports/drop.csv"])
    expect((await sla(path, "support")).status, path).toBe(404);
  const period = "from=2026-11-16&until=2026-11-22";
  expect(await (await sla(`shifts.csv?${period}`, "support")).text()).toContain("End of export,0\r\n");
  expect(await (await sla(`numbers.csv?${period}&by=location`, "support")).text()).toContain("By,location\r\n");
  const onRecord = () =>
    ops.db.select().from(auditEvents).where(eq(auditEvents.action, "sla.export")).orderBy(auditEvents.id);
  await until(async () => (await onRecord()).length === 4);
  expect(await onRecord()).toMatchObject([
    { outcome: "intent", target: "sla-shifts" },
    { outcome: "done", details: { from: "2026-11-16", filter: "none", shifts: "all", rows: 0 } },
    { outcome: "intent", target: "sla-by-location" },
    { outcome: "done", details: { by: "location", rows: 0 } },
  ]);
});

test("an export ends with the session that asked for it, torn, and that is on record", async () => {
  const session = await ops.signIn("support");
  const answer = await ops.ask("/shifts.csv?from=&columns=id,start,end,location,client,company,guard,post,last", {
    session,
    headers: { "Accept-Encoding": "identity" },
  });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await until(async () => (await exportsOnRecord()).at(-1)?.outcome === "intent");
  await ops.db
    .update(sessionTable)
    .set({ revokedAt: new Date() })
    .where(eq(sessionTable.staffId, ops.staff.support.id));
  const begun = (await exportsOnRecord()).length;
  await until(async () => (await exportsOnRecord()).length > begun, { withinSeconds: 30 });
  const last = (await exportsOnRecord()).at(-1);
  expect(last).toMatchObject({ outcome: "failed", reason: "The stream was ended." });
  expect(last?.details.rows).toBeLessThan(40_000);
  await expect(readToEnd(reader)).rejects.toThrow();
});

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

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

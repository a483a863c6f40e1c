import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Role } from "../../../app/auth/permissions";
import { openClient } from "../../../db/connections";
import { auditEvents } from "../../../db/console/schema";
import { recordStatementTexts } from "../../../db/database/record-statements";
import { listPlans } from "../../../db/database/statement-plans";
import { loginUrl } from "../../../db/environment";
import { startTestConsole, type TestConsole } from "../../support/console";

const texts = {
  "71": "select id from shifts where status = $1 and start_datetime > now() - interval $2",
  "72": "with gone as (delete from notifications returning id) select count(*) from gone",
  "73": "vacuum shifts",
};
let ops: TestConsole;
const sessions = new Map<Role, string>();

beforeAll(async () => {
  ops = await startTestConsole();
  for (const role of ["dba", "manager"] as const) sessions.set(role, await ops.signIn(role));
  const app = openClient(loginUrl(ops.environment, "console_app"), { max: 1, applicationName: "tests" });
  await recordStatementTexts(
    app,
    Object.entries(texts).map(([queryId, text]) => ({ queryId, text })),
  );
  await app.end();
});
afterAll(() => ops?.close());

async function read(path: string, role: Role = "dba") {
  const answer = await ops.ask(`/database/${path}`, { session: sessions.get(role) });
  return { status: answer.status, text: await answer.text() };
}

/** As the page sends it. */
async function measure(queryId: string, fields: Record<string, string>, role: Role = "dba") {
  const body = new URLSearchParams(fields);
  const answer = await ops.ask(`/database/plan/${queryId}.data`, { session: sessions.get(role), method: "POST", body });
  return { status: answer.status, text: await answer.text() };
}

async function outcomesOf(queryId: string): Promise<string[]> {
  const events = await ops.db
    .select({ outcome: auditEvents.outcome })
    .from(auditEvents)
    .where(eq(auditEvents.target, `statement:${queryId}`))
    .orderBy(desc(auditEvents.id));
  return events.map(({ outcome }) => outcome).reverse();
}

test("a plan is read, kept once however often it is read, and told without constants", async () => {
  for (let time = 0; time < 3; time += 1) {
    const { status, text } = await read("plan/71");
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ planned: { state: "planned", parameterTypes: ["text", "interval"] } });
  }
  const saved = await listPlans(ops.db, "71");
  expect(saved).toHaveLength(1);
  expect(saved[0]?.lastSeenAt.getTime()).toBeGreaterThan(saved[0]?.firstSeenAt.getTime() ?? 0);
});

test("a command has no plan and says so; its page still answers", async () => {
  expect((await read("plan/73")).text).toContain("it is a command (vacuum)");
  expect((await read("statements/73")).status).toBe(200);
  expect((await read("advice/73")).text).toContain("it is a command (vacuum)");
});

test("an id that is none, or was never seen, is not found", async () => {
  for (const id of ["0", "abc", "99999999999999999999", "4242", "-0"]) {
    for (const door of ["plan", "advice"]) expect((await read(`${door}/${id}`)).status, `${door} ${id}`).toBe(404);
    expect((await measure(id, { confirmed: "yes" })).status, id).toBe(404);
  }
});

test("a statement is run after it was confirmed, and that is on record before and after", async () => {
  expect(await measure("71", { "parameter-1": "open", "parameter-2": "7 days" })).toMatchObject({ status: 422 });
  expect(await outcomesOf("71")).toEqual([]);
  const run = await measure("71", { confirmed: "yes", "parameter-1": "open", "parameter-2": "7 days" });
  expect(run).toMatchObject({ status: 200, text: expect.stringContaining("totalMilliseconds") });
  expect(await outcomesOf("71")).toEqual(["intent", "done"]);
  expect((await listPlans(ops.db, "71")).map(({ isMeasured }) => isMeasured).sort()).toEqual([false, true]);
});

test("what is not proved to read alone is refused in words, and the refusal is on record", async () => {
  const refused = await measure("72", { confirmed: "yes" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain("It was not run: it deletes rows.");
  expect(await outcomesOf("72")).toEqual(["intent", "refused"]);
});

test("a role without the permission neither reads plans nor runs a statement", async () => {
  expect((await read("plan/71", "manager")).status).toBe(403);
  expect((await measure("71", { confirmed: "yes" }, "manager")).status).toBe(403);
  expect(await outcomesOf("71")).toEqual(["intent", "done"]);
});

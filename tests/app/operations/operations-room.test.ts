import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { isPermitted, type Role, roles } from "../../../app/auth/permissions";
import { operationRuns } from "../../../db/console/operations";
import { auditEvents, staff } from "../../../db/console/schema";
import { addStaff } from "../../../db/console/staff";
import { projectDirectory } from "../../../db/environment";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { operations } from "../../../db/operations/index";
import { startTestConsole, type TestConsole, testPassword } from "../../support/console";
import { until } from "../../support/until";

let ops: TestConsole;
let worker: Worker;
const sessions = new Map<Role, string>();

beforeAll(async () => {
  ops = await startTestConsole();
  worker = await startWorker(ops.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
  for (const role of roles) sessions.set(role, await ops.signIn(role));
});
afterAll(async () => {
  await worker.stop();
  await ops.close();
});

const open = (path: string, role: Role) =>
  ops.ask(path, { session: sessions.get(role), headers: { Accept: "text/html" } });

/** The plan of a page as its form would send it. */
async function readForm(path: string, role: Role) {
  const html = await (await open(path, role)).text();
  const hidden = (name: string) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";
  return { runId: hidden("runId"), digest: hidden("digest"), html };
}

const send = (path: string, role: Role, fields: Record<string, string>) =>
  ops.ask(path, { method: "POST", session: sessions.get(role), body: new URLSearchParams(fields) });

const runOf = async (id: string) => (await ops.db.select().from(operationRuns).where(eq(operationRuns.id, id)))[0];

test("each role may ask for exactly the operations that the table of permissions opens for it, and nobody else", async () => {
  const found: string[] = [];
  const expected: string[] = [];
  const disabled = await ops.signIn("admin");
  await ops.db.update(staff).set({ disabledAt: new Date() }).where(eq(staff.id, ops.staff.admin.id));
  for (const { id } of operations) {
    for (const session of [undefined, disabled]) {
      const answer = await ops.ask(`/operations/new/${id}`, { session });
      expect(answer.headers.get("location"), id).toContain("/sign-in");
    }
  }
  await ops.db.update(staff).set({ disabledAt: null }).where(eq(staff.id, ops.staff.admin.id));
  for (const { id, permission } of operations) {
    for (const role of roles) {
      const may = isPermitted(role, "operations.request") && isPermitted(role, permission);
      const page = await open(`/operations/new/${id}`, role);
      await page.arrayBuffer();
      found.push(`${id} ${role} ${page.status}`);
      expected.push(`${id} ${role} ${may ? 200 : 403}`);
    }
  }
  expect(found).toEqual(expected);
});

test("a form that reaches the server without the role is refused, on record", async () => {
  const path = "/operations/new/disable-account?email=ops@test.example";
  const { runId, digest } = await readForm(path, "admin");
  const fields = {
    email: "ops@test.example",
    runId,
    digest,
    target: "ops@test.example",
    reason: "test",
    password: testPassword,
  };
  expect((await send(path, "dba", fields)).status).toBe(403);
  expect((await send(path, "ops", fields)).status).toBe(403);
  expect(await runOf(runId)).toBeUndefined();
  const refused = await ops.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.target, `run:${runId}`));
  expect(refused).toMatchObject([
    { action: "operation.disable-account", outcome: "refused", staffId: ops.staff.dba.id },
    { action: "operation.disable-account", outcome: "refused", staffId: ops.staff.ops.id },
  ]);
});

test("a table is analyzed from the page, sent twice and once; the run's page shows what was proved", async () => {
  const path = "/operations/new/analyze-table?table=shifts";
  const { runId, digest } = await readForm(path, "dba");
  const fields = { table: "shifts", runId, digest };
  const answers = await Promise.all([send(path, "dba", fields), send(path, "dba", fields)]);
  expect(answers.map(({ status }) => status)).toEqual([302, 302]);
  expect(answers.map((answer) => answer.headers.get("location"))).toEqual([
    `/operations/${runId}`,
    `/operations/${runId}`,
  ]);
  await until(async () => (await runOf(runId))?.state === "done", { withinSeconds: 20 });
  const page = await (await open(`/operations/${runId}`, "dba")).text();
  expect(page).toContain("public.shifts was analyzed.");
  expect(page).toContain("analyze (skip_locked) public.shifts");
  expect((await send(path, "admin", fields)).status).toBe(409);
});

test("what the form lacks is said, and nothing is done", async () => {
  const path = "/operations/new/vacuum-table?table=shifts";
  const { runId, digest } = await readForm(path, "dba");
  const whole = { table: "shifts", runId, digest, target: "public.shifts", reason: "bloat" };
  for (const [change, status] of [
    [{ target: "shifts" }, 422],
    [{ reason: "" }, 422],
    [{ digest: "0".repeat(64) }, 409],
    [{ digest: "short" }, 422],
    [{ runId: "1" }, 422],
    [{ table: "no_such" }, 422],
    [{ table: "" }, 422],
    [{ table: "x".repeat(9_000) }, 422],
  ] as const) {
    expect([change, (await send(path, "dba", { ...whole, ...change })).status]).toEqual([change, status]);
  }
  expect(await runOf(runId)).toBeUndefined();
  expect((await open("/operations/new/no-such-operation", "dba")).status).toBe(404);
  expect((await open("/operations/1", "dba")).status).toBe(404);
  expect((await open(`/operations/${randomUUID()}`, "dba")).status).toBe(404);
});

test("disabling an account takes the password; an admin's takes a second admin, and the first may not approve", async () => {
  const path = "/operations/new/disable-account?email=support@test.example";
  const form = await readForm(path, "admin");
  const fields = {
    email: "support@test.example",
    ...form,
    html: "",
    target: "support@test.example",
    reason: "left us",
  };
  expect((await send(path, "admin", { ...fields, password: "" })).status).toBe(422);
  expect((await send(path, "admin", { ...fields, password: "wrong" })).status).toBe(422);
  expect((await send(path, "admin", { ...fields, password: testPassword })).status).toBe(302);
  await until(async () => (await runOf(form.runId))?.state === "done", { withinSeconds: 20 });
  expect((await open("/shifts", "support")).headers.get("location")).toContain("/sign-in");

  const [admin] = await ops.db.select().from(staff).where(eq(staff.role, "admin"));
  const other = await addStaff(ops.db, {
    email: "second@test.example",
    fullName: "Second admin",
    role: "admin",
    passwordHash: admin?.passwordHash as string,
  });
  const victimPath = "/operations/new/disable-account?email=second@test.example";
  const grave = await readForm(victimPath, "admin");
  const asked = {
    email: "second@test.example",
    ...grave,
    html: "",
    target: "second@test.example",
    reason: "left",
    password: testPassword,
  };
  expect((await send(victimPath, "admin", asked)).status).toBe(302);
  expect(await runOf(grave.runId)).toMatchObject({ state: "awaiting approval", risk: "critical" });
  const approval = { intent: "approve", digest: grave.digest, password: testPassword };
  expect((await send(`/operations/${grave.runId}`, "admin", approval)).status).toBe(403);
  expect((await send(`/operations/${grave.runId}`, "dba", approval)).status).toBe(403);
  expect((await send(`/operations/${grave.runId}`, "admin", { intent: "cancel" })).status).toBe(302);
  expect(await runOf(grave.runId)).toMatchObject({ state: "cancelled", attempt: 0 });
  const [kept] = await ops.db.select().from(staff).where(eq(staff.id, other.id));
  expect(kept?.disabledAt).toBeNull();
});

test("the command line shows the same plan, and runs it with the same permission", async () => {
  const op = async (words: string[], password = "") => {
    const promise = promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "app/operations/operation-command.server.ts", ...words],
      { cwd: projectDirectory, env: { ...process.env, ...ops.environment } },
    );
    promise.child.stdin?.end(`${password}\n`);
    return promise.then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        text: error.stdout + error.stderr,
      }),
    );
  };
  const [dry, unknown, forbidden, done] = await Promise.all([
    op(["vacuum-table", "public.gps_checkins", "--dry-run"]),
    op(["vacuum-everything"]),
    op(["analyze-table", "shifts", "--as", ops.staff.manager.email], testPassword),
    op(
      ["vacuum-table", "locations", "--as", ops.staff.dba.email, "--confirm", "public.locations", "--reason", "a test"],
      testPassword,
    ),
  ]);
  expect(dry).toMatchObject({
    code: 0,
    text: expect.stringMatching(/vacuum \(analyze, skip_locked\) public\.gps_checkins;\nNothing was run/),
  });
  expect(unknown).toMatchObject({ code: 2, text: expect.stringContaining("is no operation") });
  expect(forbidden).toMatchObject({ code: 1, text: expect.stringContaining("does not have database.maintain") });
  expect(done).toMatchObject({
    code: 0,
    text: expect.stringContaining("done: public.locations was vacuumed and analyzed."),
  });
});

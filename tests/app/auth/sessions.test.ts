import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { sessionLimits } from "../../../app/auth/session-limits";
import { auditEvents, sessions, staff } from "../../../db/console/schema";
import { startTestConsole, type TestConsole, testPassword } from "../../support/console";
import { until } from "../../support/until";

let ops: TestConsole;

beforeAll(async () => {
  ops = await startTestConsole();
});
afterAll(() => ops?.close());

const post = (path: string, session: string | undefined, fields: Record<string, string>) =>
  ops.ask(path, { method: "POST", session, body: new URLSearchParams(fields) });
const isSignedIn = async (session: string) => (await ops.ask("/account", { session })).status === 200;
const newestSession = async (staffId: string) => {
  const rows = await ops.db.select().from(sessions).where(eq(sessions.staffId, staffId)).orderBy(sessions.createdAt);
  return rows.at(-1) as typeof sessions.$inferSelect;
};
const move = (id: string, change: Partial<typeof sessions.$inferInsert>) =>
  ops.db.update(sessions).set(change).where(eq(sessions.id, id));
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

test("signing in opens a session whose token stands nowhere but in the cookie", async () => {
  const answer = await post("/sign-in?to=/account", undefined, { email: ops.staff.ops.email, password: testPassword });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/account"]);
  const cookie = answer.headers.get("set-cookie") as string;
  expect(cookie).toMatch(/^session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
  const row = await newestSession(ops.staff.ops.id);
  expect(JSON.stringify(row)).not.toContain(cookie.slice("session=".length, 30));
  expect(row.tokenHash).toHaveLength(32);
  expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(sessionLimits.absoluteSeconds * 1000);
});

test("a token that was planted in the browser is never taken over", async () => {
  const planted = `session=${"p".repeat(43)}`;
  const answer = await post("/sign-in", planted, { email: ops.staff.ops.email, password: testPassword });
  const own = answer.headers.get("set-cookie")?.split(";")[0] as string;
  expect(own).not.toBe(planted);
  expect(await isSignedIn(planted)).toBe(false);
  expect(await isSignedIn(own)).toBe(true);
});

test("signing in again ends the session that the browser brought, also somebody else's", async () => {
  const attackers = await ops.signIn("support");
  const answer = await post("/sign-in", attackers, { email: ops.staff.ops.email, password: testPassword });
  const own = answer.headers.get("set-cookie")?.split(";")[0] as string;
  expect([await isSignedIn(attackers), await isSignedIn(own)]).toEqual([false, true]);
});

test("signing out ends the session on the server and removes the cookie", async () => {
  const session = await ops.signIn("manager");
  const answer = await post("/sign-out", session, {});
  expect(answer.headers.get("location")).toBe("/sign-in");
  expect(answer.headers.get("set-cookie")).toMatch(/^session=; Path=\/; Max-Age=0;/);
  expect(await isSignedIn(session)).toBe(false);
});

test("a session ends after an hour without use, and lives while it is used", async () => {
  const session = await ops.signIn("dba");
  const { id } = await newestSession(ops.staff.dba.id);
  await move(id, { lastSeenAt: ago(sessionLimits.idleSeconds - 30) });
  expect(await isSignedIn(session)).toBe(true);
  expect((await newestSession(ops.staff.dba.id)).lastSeenAt.getTime()).toBeGreaterThan(ago(30).getTime());
  await move(id, { lastSeenAt: ago(sessionLimits.idleSeconds + 1) });
  expect(await isSignedIn(session)).toBe(false);
});

test("a session ends twelve hours after it began, however busy it is", async () => {
  const session = await ops.signIn("dba");
  const { id } = await newestSession(ops.staff.dba.id);
  await move(id, { expiresAt: ago(1), lastSeenAt: new Date() });
  expect(await isSignedIn(session)).toBe(false);
});

test("the time it was last seen is written once a minute, not with every request", async () => {
  const session = await ops.signIn("dba");
  const { id } = await newestSession(ops.staff.dba.id);
  const seenAt = ago(sessionLimits.touchSeconds - 20);
  await move(id, { lastSeenAt: seenAt });
  expect(await isSignedIn(session)).toBe(true);
  expect((await newestSession(ops.staff.dba.id)).lastSeenAt).toEqual(seenAt);
});

test("an account that is disabled is signed out everywhere at once", async () => {
  const session = await ops.signIn("support");
  const disable = (disabledAt: Date | null) =>
    ops.db.update(staff).set({ disabledAt }).where(eq(staff.id, ops.staff.support.id));
  await disable(new Date());
  expect(await isSignedIn(session)).toBe(false);
  const answer = await post("/sign-in", undefined, { email: ops.staff.support.email, password: testPassword });
  expect(answer.status).toBe(422);
  await disable(null);
  expect(await isSignedIn(session)).toBe(true);
});

test("one's own sessions can be ended one by one, or all others at once", async () => {
  const [here, there, elsewhere] = [await ops.signIn("ops"), await ops.signIn("ops"), await ops.signIn("ops")];
  const { id } = await newestSession(ops.staff.ops.id);
  const one = await post("/account", here, { intent: "revoke-session", sessionId: id });
  expect(one.headers.get("location")).toBe("/account?ended=1");
  expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(elsewhere)]).toEqual([true, true, false]);
  await post("/account", here, { intent: "revoke-others" });
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false]);
});

test("nobody ends the sessions of somebody else from the account page", async () => {
  const victim = await ops.signIn("manager");
  const { id } = await newestSession(ops.staff.manager.id);
  const answer = await post("/account", await ops.signIn("ops"), { intent: "revoke-session", sessionId: id });
  expect(answer.headers.get("location")).toBe("/account?ended=0");
  expect(await isSignedIn(victim)).toBe(true);
});

test("an admin ends sessions of others, and that is on record", async () => {
  const victim = await ops.signIn("manager");
  const admin = await ops.signIn("admin");
  const answer = await post("/staff", admin, { staffId: ops.staff.manager.id });
  expect(answer.headers.get("location")).toMatch(/^\/staff\?ended=\d+$/);
  expect(await isSignedIn(victim)).toBe(false);
  const [event] = await ops.db.select().from(auditEvents).where(eq(auditEvents.staffId, ops.staff.admin.id));
  const events = await ops.db.select().from(auditEvents).where(eq(auditEvents.action, "session.revoke"));
  expect(event).toBeDefined();
  expect(events).toContainEqual(
    expect.objectContaining({ staffId: ops.staff.admin.id, target: `staff:${ops.staff.manager.id}`, outcome: "done" }),
  );
});

test("a stream ends within two seconds of its session, wherever that was ended", async () => {
  const session = await ops.signIn("ops");
  const { id } = await newestSession(ops.staff.ops.id);
  const stream = await ops.ask("/test/stream", { session });
  expect(stream.headers.get("content-encoding")).toBeNull();
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("event: snapshot");
  let isEnded = false;
  const ended = (async () => {
    while (!(await reader.read()).done);
    isEnded = true;
  })();
  await ops.ask("/healthz");
  expect(isEnded).toBe(false);
  const revokedAt = performance.now();
  await move(id, { revokedAt: new Date() });
  await until(() => isEnded, { withinSeconds: 5 });
  await ended;
  expect(performance.now() - revokedAt).toBeLessThan(2_000);
});

test("a stream is for those whom the table of permissions admits, and signed in", async () => {
  expect((await ops.ask("/test/stream")).status).toBe(401);
});

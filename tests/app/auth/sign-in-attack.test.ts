import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { auditEvents, signInAttempts } from "../../../db/console/schema";
import { startTestConsole, type TestConsole, testPassword } from "../../support/console";

let ops: TestConsole;

// Addresses are told by a proxy that the server trusts, as in front of a real console.
beforeAll(async () => {
  ops = await startTestConsole({ variables: { TRUSTED_PROXIES: "loopback" } });
});
afterAll(() => ops?.close());

async function trySignIn(email: string, password: string, address: string) {
  const answer = await ops.ask("/sign-in", {
    method: "POST",
    body: new URLSearchParams({ email, password }),
    headers: { "X-Forwarded-For": address },
  });
  await answer.arrayBuffer();
  const retryAfterSeconds = Number(answer.headers.get("retry-after") ?? 0);
  return { status: answer.status, retryAfterSeconds, hasSession: answer.headers.has("set-cookie") };
}

/** Moves everything that happened into the past, as time does. */
async function letPass(seconds: number) {
  for (const row of await ops.db.select().from(signInAttempts)) {
    const at = new Date(row.at.getTime() - seconds * 1000);
    await ops.db.delete(signInAttempts).where(eq(signInAttempts.id, row.id));
    await ops.db.insert(signInAttempts).values({ email: row.email, address: row.address, outcome: row.outcome, at });
  }
}

test("a victim signs in at once from an address of hers while an attacker hammers her email from others", async () => {
  const victim = ops.staff.manager.email;
  expect((await trySignIn(victim, testPassword, "198.51.100.1")).hasSession).toBe(true);

  const attack = await Promise.all(
    Array.from({ length: 60 }, (_, turn) => trySignIn(victim, `guess number ${turn}`, `203.0.113.${turn % 12}`)),
  );
  expect(attack.some(({ hasSession }) => hasSession)).toBe(false);
  const storm = Promise.all(
    Array.from({ length: 30 }, (_, turn) => trySignIn(victim, `guess again ${turn}`, `203.0.113.${turn % 12}`)),
  );
  const startedAt = performance.now();
  expect(await trySignIn(victim, testPassword, "198.51.100.1")).toMatchObject({ status: 302, hasSession: true });
  // Less than the shortest wait that the limits know.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await storm;
});

test("from an address that is new she gets in at the first try, and after a typing error within a bounded wait", async () => {
  const victim = ops.staff.manager.email;
  expect((await trySignIn(victim, testPassword, "192.0.2.77")).status).toBe(302);
  expect((await trySignIn(victim, "a typing error", "192.0.2.78")).status).toBe(422);
  const second = await trySignIn(victim, testPassword, "192.0.2.78");
  expect([second.status, second.hasSession]).toEqual([429, false]);
  expect(second.retryAfterSeconds).toBeLessThanOrEqual(5);
  await letPass(second.retryAfterSeconds);
  expect((await trySignIn(victim, testPassword, "192.0.2.78")).status).toBe(302);
});

test("an attacker from one address has few passwords checked, however many he sends at once", async () => {
  const victim = ops.staff.dba.email;
  const attack = await Promise.all(
    Array.from({ length: 40 }, (_, turn) => trySignIn(victim, `guess number ${turn}`, "203.0.113.200")),
  );
  const checked = attack.filter(({ status }) => status === 422).length;
  expect(checked).toBeGreaterThan(0);
  expect(checked).toBeLessThanOrEqual(5);
  expect(attack.filter(({ status }) => status === 429 || status === 503)).toHaveLength(40 - checked);
  expect(attack.every(({ status, retryAfterSeconds }) => status === 422 || retryAfterSeconds > 0)).toBe(true);
  const failed = await ops.db.select().from(signInAttempts).where(eq(signInAttempts.email, victim));
  expect(failed.filter(({ outcome }) => outcome === "wrong password")).toHaveLength(checked);
  expect(failed.filter(({ outcome }) => outcome === "refused").length).toBeLessThanOrEqual(1);
});

test("while he waits, even the right password is not checked for him", async () => {
  const email = ops.staff.support.email;
  for (let turn = 0; turn < 5; turn += 1) await trySignIn(email, `guess number ${turn}`, "203.0.113.201");
  expect((await trySignIn(email, testPassword, "203.0.113.201")).status).toBe(429);
  expect((await trySignIn(email, testPassword, "192.0.2.90")).status).toBe(302);
});

test("addresses of one IPv6 subscriber count as one", async () => {
  const email = ops.staff.admin.email;
  const from = (turn: number) => `2001:db8:aa:bb::${turn.toString(16)}`;
  for (let turn = 1; turn <= 5; turn += 1) await trySignIn(email, `guess number ${turn}`, from(turn));
  expect((await trySignIn(email, "guess number six", from(6))).status).toBe(429);
});

test("an email without an account gets the same answers in the same time", async () => {
  const times: Record<string, number[]> = { known: [], unknown: [] };
  for (let turn = 0; turn < 12; turn += 1) {
    for (const [kind, email] of [
      ["known", ops.staff.ops.email],
      ["unknown", `nobody${turn}@test.example`],
    ] as const) {
      const startedAt = performance.now();
      const answer = await trySignIn(email, "not the password", `192.0.2.${100 + turn}`);
      times[kind]?.push(performance.now() - startedAt);
      expect(answer).toEqual({ status: 422, retryAfterSeconds: 0, hasSession: false });
    }
  }
  const median = (list: number[] = []) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;
  const ratio = median(times.known) / median(times.unknown);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("refused sign-ins are on record without the password, and an unknown email is not", async () => {
  await trySignIn("my-secret-typed-here@test.example", "another secret typed", "192.0.2.150");
  const events = await ops.db.select().from(auditEvents).where(eq(auditEvents.action, "session.open"));
  const refused = events.filter(({ outcome }) => outcome === "refused");
  expect(refused.length).toBeGreaterThan(3);
  expect(refused.some(({ target }) => target === `staff:${ops.staff.dba.id}`)).toBe(true);
  expect(refused.every(({ requestId, details }) => requestId && details.address)).toBe(true);
  expect(JSON.stringify(events)).not.toMatch(/typed|guess number/);
  expect(JSON.stringify(ops.log)).not.toMatch(/typed|guess number|session=/);
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { auditEvents, staff } from "../../../db/console/schema";
import { startTestConsole, type TestConsole, testPassword } from "../../support/console";

let ops: TestConsole;

beforeAll(async () => {
  ops = await startTestConsole();
});
afterAll(() => ops?.close());

const newPassword = "seven candles under water";

async function change(session: string, fields: Record<string, string>) {
  const body = new URLSearchParams({ intent: "change-password", ...fields });
  const answer = await ops.ask("/account", { method: "POST", session, body });
  return { status: answer.status, cookie: answer.headers.get("set-cookie")?.split(";")[0], text: await answer.text() };
}
const isSignedIn = async (session: string) => (await ops.ask("/account", { session })).status === 200;
const hashOf = async (id: string) => (await ops.db.select().from(staff).where(eq(staff.id, id)))[0]?.passwordHash;

test("a new password needs the present one, ends every other session and renews this one", async () => {
  const { id, email } = ops.staff.ops;
  const [here, elsewhere] = [await ops.signIn("ops"), await ops.signIn("ops")];
  const answer = await change(here, { currentPassword: testPassword, newPassword });
  expect(answer.status).toBe(302);
  expect([await isSignedIn(here), await isSignedIn(elsewhere)]).toEqual([false, false]);
  expect(await isSignedIn(answer.cookie as string)).toBe(true);

  const signIn = (password: string) =>
    ops.ask("/sign-in", { method: "POST", body: new URLSearchParams({ email, password }) });
  expect((await signIn(testPassword)).status).toBe(422);
  expect((await signIn(newPassword)).status).toBe(302);
  expect(await hashOf(id)).toMatch(/^\$argon2id\$v=19\$m=32768,t=3,p=1\$/);
  const trail = await ops.db.select().from(auditEvents).where(eq(auditEvents.action, "staff.change-password"));
  expect(trail).toContainEqual(expect.objectContaining({ staffId: id, outcome: "done" }));
  expect(JSON.stringify(trail)).not.toContain("candles");
});

test.each([
  ["a wrong present password", { currentPassword: "not the present one", newPassword }, "The password is wrong."],
  ["a short one", { currentPassword: testPassword, newPassword: "short" }, "at least 12 characters"],
  ["a common one", { currentPassword: testPassword, newPassword: "Password12345" }, "most common passwords"],
  ["the same one", { currentPassword: testPassword, newPassword: testPassword }, "have already"],
  ["one that is too long", { currentPassword: testPassword, newPassword: "x y".repeat(100) }, "at most 200"],
  ["half a form", { currentPassword: testPassword } as Record<string, string>, "the form was incomplete"],
])("with %s nothing changes, and the page says why", async (_, fields, sentence) => {
  const session = await ops.signIn("manager");
  const before = await hashOf(ops.staff.manager.id);
  const answer = await change(session, fields as Record<string, string>);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  expect(await hashOf(ops.staff.manager.id)).toBe(before);
  expect(await isSignedIn(session)).toBe(true);
});

test("whoever found an open browser cannot guess the password there for long", async () => {
  const session = await ops.signIn("support");
  const statuses: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    statuses.push((await change(session, { currentPassword: `guess number ${turn}`, newPassword })).status);
  }
  expect(statuses.slice(0, 5)).toEqual([422, 422, 422, 422, 422]);
  expect(statuses.slice(5)).toEqual([429, 429]);
  expect((await change(session, { currentPassword: testPassword, newPassword })).status).toBe(429);
});

test("the staff page is refused what does not exist, and shows no password", async () => {
  const admin = await ops.signIn("admin");
  const post = async (fields: Record<string, string>) =>
    (await ops.ask("/staff", { method: "POST", session: admin, body: new URLSearchParams(fields) })).status;
  expect(await post({ staffId: "00000000-0000-4000-8000-000000000000" })).toBe(404);
  expect(await post({ staffId: "1; drop table staff" })).toBe(422);
  expect(await post({})).toBe(422);
  for (const path of ["/staff", "/staff.data", "/account.data"]) {
    const text = await (await ops.ask(path, { session: admin })).text();
    expect(text).toContain("admin@test.example");
    expect(text).not.toMatch(/argon2|tokenHash|passwordHash/);
  }
});

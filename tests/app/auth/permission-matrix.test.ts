import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { isPermitted, type Permission, type Role, roles } from "../../../app/auth/permissions";
import { auditEvents, sessions, staff } from "../../../db/console/schema";
import { startTestConsole, type TestConsole } from "../../support/console";
import { listRouteDoors, type RouteDoor } from "../../support/doors-of-build";

let ops: TestConsole;
let doors: RouteDoor[];
const cookies = new Map<Role, string>();

/** Doors that are open on purpose. Whoever adds one writes it here. */
const openDoors = [
  "routes/evidence.$token loader",
  "routes/sign-in action",
  "routes/sign-in loader",
  "routes/sign-out action",
  "routes/sign-out loader",
];

beforeAll(async () => {
  ops = await startTestConsole();
  doors = await listRouteDoors();
  for (const role of roles) cookies.set(role, await ops.signIn(role));
});
afterAll(() => ops?.close());

const isGuarded = (door: RouteDoor) => door.guard?.includes(".") ?? false;

async function knock(door: RouteDoor, session: string | undefined, suffix = "") {
  const init = door.export === "action" ? { method: "POST", body: new URLSearchParams({ intent: "nothing" }) } : {};
  const answer = await ops.ask(`${door.path}${suffix}`, { session, ...init });
  const text = await answer.text();
  const location = answer.headers.get("location") ?? (answer.status === 202 ? text : "");
  return { status: answer.status, leadsToSignIn: location.includes("/sign-in"), text };
}

const name = (door: RouteDoor) => `${door.routeId} ${door.export}`;

test("the only doors without a permission are those of signing in and out", () => {
  expect(doors.length).toBeGreaterThan(6);
  expect(
    doors
      .filter((door) => !isGuarded(door))
      .map(name)
      .sort(),
  ).toEqual(openDoors);
});

test("each role passes exactly the doors that the table of permissions opens for it", async () => {
  const found: string[] = [];
  const expected: string[] = [];
  for (const door of doors.filter(isGuarded)) {
    for (const role of roles) {
      const { status, leadsToSignIn } = await knock(door, cookies.get(role));
      const passed = status !== 403 && !leadsToSignIn && status < 500;
      found.push(`${name(door)} ${role} ${passed ? "passes" : `is refused ${status}`}`);
      const may = isPermitted(role, door.guard as Permission);
      expected.push(`${name(door)} ${role} ${may ? "passes" : "is refused 403"}`);
    }
  }
  expect(found).toEqual(expected);
});

test("what a role may not see does not come as data either", async () => {
  for (const door of doors.filter((one) => isGuarded(one) && !one.isResource)) {
    for (const role of roles.filter((one) => !isPermitted(one, door.guard as Permission))) {
      const { text } = await knock(door, cookies.get(role), ".data");
      expect(`${name(door)} ${role}: ${text}`).toContain("This is not open to your role");
    }
  }
});

test("nobody passes signed out, with a session that was revoked or ran out, or with a disabled account", async () => {
  const [revoked, expired, disabled] = [await ops.signIn("admin"), await ops.signIn("admin"), await ops.signIn("dba")];
  const admins = await ops.db
    .select()
    .from(sessions)
    .where(eq(sessions.staffId, ops.staff.admin.id))
    .orderBy(sessions.createdAt);
  const [first, second] = admins.slice(-2) as [(typeof admins)[0], (typeof admins)[0]];
  await ops.db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.id, first.id));
  await ops.db.update(sessions).set({ expiresAt: new Date() }).where(eq(sessions.id, second.id));
  await ops.db.update(staff).set({ disabledAt: new Date() }).where(eq(staff.id, ops.staff.dba.id));
  const visitors = { nobody: undefined, revoked, expired, disabled, forged: `session=${"f".repeat(43)}` };
  const passed: string[] = [];
  for (const door of doors.filter(isGuarded)) {
    for (const [visitor, session] of Object.entries(visitors)) {
      for (const suffix of door.isResource ? [""] : ["", ".data"]) {
        const { leadsToSignIn } = await knock(door, session, suffix);
        if (!leadsToSignIn) passed.push(`${name(door)}${suffix} ${visitor}`);
      }
    }
  }
  expect(passed).toEqual([]);
});

test("refusals are on record with who, what and which request", async () => {
  const refusals = await ops.db.select().from(auditEvents).where(eq(auditEvents.action, "permission.require"));
  expect(refusals).toContainEqual(
    expect.objectContaining({
      staffId: ops.staff.ops.id,
      target: "staff.read",
      outcome: "refused",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }),
  );
});

import { eq, gte, isNull, or } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { alarms } from "../../../db/console/alarm-tables";
import { auditEvents } from "../../../db/console/schema";
import { startTestConsole, type TestConsole } from "../../support/console";

let ops: TestConsole;
const sessions = new Map<string, string>();

beforeAll(async () => {
  ops = await startTestConsole();
  for (const role of ["ops", "support", "manager"] as const) sessions.set(role, await ops.signIn(role));
});
afterAll(() => ops?.close());

const beganAt = new Date("2026-11-22T13:00:00Z");

async function raise(shiftId: number, values: Partial<typeof alarms.$inferInsert> = {}): Promise<number> {
  const kind = { kind: "late", cause: "absence", severity: "warning" } as const;
  const [row] = await ops.db
    .insert(alarms)
    .values({ shiftId, ...kind, beganAt, raisedAt: new Date("2026-11-22T13:00:04.200Z"), ...values })
    .returning({ id: alarms.id });
  return row?.id as number;
}

function answer(role: string, fields: [string, string][]) {
  return ops.ask("/live/alarms", {
    method: "POST",
    body: new URLSearchParams(fields),
    session: sessions.get(role) as string,
  });
}

test("of two people who acknowledge at once one does it, and the other is told so with 409", async () => {
  const id = await raise(1);
  const answers = await Promise.all(
    ["ops", "support"].map((role) =>
      answer(role, [
        ["alarm", String(id)],
        ["verb", "acknowledge"],
      ]),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const lost = answers.find(({ status }) => status === 409) as Response;
  expect(await lost.text()).toMatch(/Test (ops|support) acknowledged it already\./);
});

test("the live room answers in place: the same door as data, and the feed as everybody sees it", async () => {
  const id = await raise(6);
  const session = sessions.get("ops") as string;
  const body = new FormData();
  for (const [name, value] of Object.entries({ alarm: String(id), verb: "take", from: "" })) body.set(name, value);
  const given = await ops.ask("/live/feed", { method: "POST", body, session });
  expect([given.status, await given.json()]).toEqual([200, { done: 1, refusals: [] }]);
  const feed = await (await ops.ask("/live/feed", { session: sessions.get("manager") as string })).json();
  expect(feed).toMatchObject({ mayRespond: false, isWatched: false, isFirstPage: true });
  expect(feed.open).toContainEqual(
    expect.objectContaining({
      id,
      owner: { id: ops.staff.ops.id, fullName: "Test ops" },
      beganAt: beganAt.toISOString(),
    }),
  );
});

test("of more alarms than can be read the worst are told, an outage before all, and how many there are besides", async () => {
  const kind = { kind: "late", cause: "absence", severity: "warning" } as const;
  const many = Array.from({ length: 510 }, (_, index) => ({
    ...{ ...kind, shiftId: 10_000 + index, beganAt: new Date("2026-11-20T13:00:00Z"), raisedAt: beganAt },
  }));
  await ops.db.insert(alarms).values(many);
  const outage = { kind: "outage", cause: "silence", severity: "critical", affectedCount: 40 } as const;
  const [{ id } = { id: 0 }] = await ops.db
    .insert(alarms)
    .values({ ...outage, beganAt: new Date(), raisedAt: new Date() })
    .returning({ id: alarms.id });
  const session = sessions.get("ops") as string;
  const feed = await (await ops.ask("/live/feed", { session })).json();
  const openCount = await ops.db.$count(alarms, isNull(alarms.endedAt));
  expect([feed.open.length, feed.open[0].id, feed.unlistedCount]).toEqual([500, id, openCount - 500]);
  const page = await (await ops.ask("/live/alarms", { session })).text();
  expect(page.replace(/<!-- -->|<[^>]+>/g, "")).toContain(`The worst 500 are listed, ${openCount - 500} more are open`);
  const ofThis = or(gte(alarms.shiftId, 10_000), eq(alarms.id, id));
  await ops.db.update(alarms).set({ endedAt: new Date(), ending: "over" }).where(ofThis);
});

test("who may only read is refused, on record, and nothing changes", async () => {
  const id = await raise(2);
  expect(
    (
      await answer("manager", [
        ["alarm", String(id)],
        ["verb", "acknowledge"],
      ])
    ).status,
  ).toBe(403);
  const [alarm] = await ops.db.select().from(alarms).where(eq(alarms.id, id));
  expect(alarm?.acknowledgedBy).toBeNull();
  const refusals = await ops.db.select().from(auditEvents).where(eq(auditEvents.target, "live.respond"));
  expect(refusals).toMatchObject([{ action: "permission.require", outcome: "refused", staffId: ops.staff.manager.id }]);
});

test("an answer to several alarms does what can be done and tells the rest", async () => {
  const ids = [await raise(3), await raise(4), 4_000_000];
  const given = await answer("ops", [...ids.map((id): [string, string] => ["alarm", String(id)]), ["verb", "take"]]);
  expect(given.status).toBe(409);
  const text = await given.text();
  expect(text).toContain("2 alarms were changed.");
  expect(text).toContain("There is no such alarm.");
  const taken = await ops.db.select().from(alarms).where(eq(alarms.ownerId, ops.staff.ops.id));
  expect(taken.map(({ id }) => id)).toEqual(expect.arrayContaining(ids.slice(0, 2)));
});

test.each<[string, [string, string][]]>([
  ["nothing", []],
  ["no alarm", [["verb", "acknowledge"]]],
  [
    "no id",
    [
      ["alarm", "x'; --"],
      ["verb", "acknowledge"],
    ],
  ],
  [
    "an unknown verb",
    [
      ["alarm", "1"],
      ["verb", "delete"],
    ],
  ],
  [
    "an endless snooze",
    [
      ["alarm", "1"],
      ["verb", "snooze"],
      ["snooze", "99 years"],
    ],
  ],
  [
    "a novel",
    [
      ["alarm", "1"],
      ["verb", "snooze"],
      ["snooze", "1 h"],
      ["note", "x".repeat(201)],
    ],
  ],
])("a form with %s is refused with 422", async (_, fields) => {
  const refused = await answer("ops", fields);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("Nothing was changed");
});

test("the link of an alarm leads to the board of the moment when it was raised, and to its shift", async () => {
  const id = await raise(5);
  const follow = (address: string) => ops.ask(address, { session: sessions.get("ops") as string });
  const found = await follow(`/live?alarm=${id}`);
  expect([found.status, found.headers.get("location")]).toEqual([302, "/live?at=2026-11-22T13:00:05Z&shift=5"]);
  for (const unknown of ["4000000", "x", "-1", "1e9", ""]) {
    expect((await follow(`/live?alarm=${unknown}`)).status).toBe(404);
  }
  for (const before of ["x", "1-", "-1", "999999999999999-1", "1-1%27"]) {
    expect((await follow(`/live/alarms?before=${before}`)).status).toBe(400);
  }
});

test("ended alarms go back page by page, none twice and none left out", async () => {
  const count = 120;
  const now = Date.now();
  for (let hour = 0; hour < count; hour += 1) {
    const endedAt = new Date(now - hour * 1_800_000);
    await raise(1000 + hour, {
      beganAt: new Date(+endedAt - 60_000),
      endedAt,
      ending: "recovered",
      guardName: `Guard ${hour}.`,
    });
  }
  const seen: string[] = [];
  let path: string | undefined = "/live/alarms";
  while (path) {
    const text: string = await (await ops.ask(path, { session: sessions.get("manager") as string })).text();
    const page = text.slice(0, text.indexOf("<script"));
    seen.push(...[...page.matchAll(/>(Guard \d+\.)</g)].map(([, name]) => name as string));
    path = page.match(/href="(\/live\/alarms\?before=[^"]+)"/)?.[1]?.replaceAll("&amp;", "&");
  }
  expect(seen).toEqual(Array.from({ length: count }, (_, hour) => `Guard ${hour}.`));
});

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Role } from "../../../app/auth/permissions";
import type { ViewsAnswer } from "../../../app/views/view-entry";
import { auditEvents } from "../../../db/console/schema";
import { startTestConsole, type TestConsole } from "../../support/console";
import { onDatabase } from "../../support/on-database";

let ops: TestConsole;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  ops = await startTestConsole();
  for (const role of ["ops", "support", "dba"] as const) cookies.set(role, await ops.signIn(role));
});
afterAll(() => ops?.close());

/** As the page asks: the sentence of a refusal stands in the text of the answer. */
async function askAsPage(path: string, init: Parameters<TestConsole["ask"]>[1]) {
  const answer = await ops.ask(path.replace(/(?=\?|$)/, ".data"), init);
  return { status: answer.status, text: await answer.text() };
}

async function write(role: Role, fields: Record<string, string>, path = "/live/views") {
  const answer = await ops.ask(path, {
    session: cookies.get(role),
    method: "POST",
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, ...((await answer.json()) as ViewsAnswer) };
}

const refusalOf = (role: Role, fields: Record<string, string>, path = "/live/views") =>
  askAsPage(path, { session: cookies.get(role), method: "POST", body: new URLSearchParams(fields) });

async function read(role: Role, path = "/live/views") {
  const answer = await ops.ask(path, { session: cookies.get(role) });
  return (await answer.json()) as ViewsAnswer;
}

const namesOf = ({ views }: ViewsAnswer) => views?.map(({ name }) => name);

test("a view is saved, shared, applied by others, renamed and deleted by its owner alone", async () => {
  const saved = await write("ops", { intent: "save", name: "  Night   shifts ", search: "region=Utrecht&state=late" });
  expect(saved.status).toBe(200);
  expect(saved.views).toEqual([
    expect.objectContaining({
      name: "Night shifts",
      search: "state=late&region=Utrecht",
      isOwn: true,
      isShared: false,
      ownerName: "Test ops",
    }),
  ]);
  const id = String(saved.writtenId);
  expect(namesOf(await read("support"))).toEqual([]);

  await write("ops", { intent: "change", id, name: "Nights", isShared: "on" });
  expect((await read("support")).views).toEqual([expect.objectContaining({ name: "Nights", isOwn: false })]);
  expect(namesOf(await read("support", "/shifts/views"))).toEqual([]);

  const foreign: Record<string, string>[] = [
    { intent: "delete", id },
    { intent: "change", id, name: "Mine" },
    { intent: "replace", id, search: "state=stale" },
  ];
  for (const fields of foreign) {
    expect(await refusalOf("support", fields)).toEqual({
      status: 422,
      text: expect.stringContaining("no view of yours"),
    });
  }
  expect(await write("ops", { intent: "delete", id }, "/shifts/views")).toMatchObject({ status: 422 });
  expect(await write("ops", { intent: "replace", id, search: "state=stale" })).toMatchObject({ status: 200 });
  expect((await read("support")).views).toEqual([expect.objectContaining({ search: "state=stale" })]);

  expect(await write("ops", { intent: "delete", id })).toMatchObject({ status: 200, views: [] });
  const trail = await ops.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.target, `view:${id}`));
  expect(trail.map(({ action }) => action)).toEqual(["view.share", "view.change", "view.unshare"]);
  expect(trail[0]).toMatchObject({ staffId: ops.staff.ops.id, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test.each<[string, Record<string, string>, string]>([
  ["no name", { name: "  ", search: "state=late" }, "Give the view a name."],
  ["a name that is too long", { name: "a".repeat(61), search: "state=late" }, "at most 60 characters"],
  ["a name of a megabyte's beginning", { name: "a".repeat(50_000), search: "state=late" }, "at most 60 characters"],
  ["a name with a zero byte", { name: "a\0b", search: "state=late" }, "cannot be shown"],
  ["no filter", { name: "All", search: "" }, "nothing to save"],
  ["another room's filter", { name: "Odd", search: "text=x" }, "cannot hold “text”"],
  ["a selection", { name: "Odd", search: "state=late&shift=4" }, "cannot hold “shift”"],
  ["an absurd search", { name: "Odd", search: `q=${"a".repeat(50_000)}` }, "more than 1000 characters"],
  ["no search at all", { name: "Odd" }, "incomplete"],
])("%s is refused with a sentence", async (_, fields, sentence) => {
  const { status, text } = await refusalOf("ops", { intent: "save", ...fields });
  expect(status).toBe(422);
  expect(text).toContain(sentence);
});

test.each([
  { intent: "nothing" },
  { intent: "delete" },
  { intent: "delete", id: "-1" },
  { intent: "delete", id: "1e99" },
  { intent: "delete", id: "drop table" },
])("%o is refused with a sentence", async (fields) => {
  const { status, text } = await refusalOf("ops", fields as Record<string, string>);
  expect(status).toBe(422);
  expect(text).toContain("the form was incomplete");
});

test("two views of one name are told apart by a sentence", async () => {
  await write("ops", { intent: "save", name: "Twice", search: "state=late" });
  const { status, text } = await refusalOf("ops", { intent: "save", name: "Twice", search: "state=stale" });
  expect(status).toBe(422);
  expect(text).toContain("a view called “Twice”");
});

test("shifts near a guard are found from the last position, which is on record; the home is named as such", async () => {
  await onDatabase(ops.environment.DATABASE_URL as string, async (db) => {
    await db.unsafe(`
      insert into organizations (id, name, kind) overriding system value values (1, 'Wacht', 'company'), (2, 'Kroon', 'client');
      insert into users (id, role, full_name, email) values
        ('00000000-0000-0000-0000-000000000003', 'zzp', 'Sanne Bakker', 'sanne@zzp.example');
      insert into security_professionals (id, user_id, home_point, vca_certificate, guard_pass_colour, guard_pass_valid_until)
        overriding system value values (1, '00000000-0000-0000-0000-000000000003', 'SRID=4326;POINT(4.9 52.38)',
          '{"valid_until": "2099-01-01"}', 'grey', '2099-01-01');
      insert into locations (id, organization_id, name, address, city, location_point) overriding system value values
        (1, 2, 'Front desk', 'Dam 9', 'Amsterdam', 'SRID=4326;POINT(4.8926 52.3731)'),
        (2, 2, 'Far away', 'Coolsingel 40', 'Rotterdam', 'SRID=4326;POINT(4.4792 51.9228)');
      insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime, hourly_rate)
        overriding system value values
        (1, 1, 2, 1, 1, 'active', now() - interval '1 hour', now() + interval '1 hour', 30),
        (2, 1, 2, 2, null, 'published', now() - interval '1 hour', now() + interval '1 hour', 30);
    `);
  });
  const ask = async (search: string) => {
    const answer = await ops.ask(`/live/near?${search}`, { session: cookies.get("ops") });
    return { status: answer.status, ...((await answer.json()) as { distances?: [number, number][] }) };
  };
  const looks = async (action: string) =>
    (await ops.db.select().from(auditEvents).where(eq(auditEvents.action, action))).map(({ target }) => target);

  expect(await ask("near=guard:1")).toMatchObject({ guard: { name: "Sanne Bakker", basis: "home", at: null } });
  expect([await looks("home.read"), await looks("trail.read")]).toEqual([["guard:1"], []]);

  await onDatabase(ops.environment.DATABASE_URL as string, (db) =>
    db.unsafe(`insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
               values (1, 1, 'in', 'SRID=4326;POINT(4.8926 52.3740)', 10, true, now() - interval '5 minutes')`),
  );
  const found = await ask("near=guard:1&radius=500");
  expect(found).toMatchObject({ guard: { basis: "position", accuracyMeters: 10 }, radiusMeters: 500 });
  expect(found.distances).toEqual([[1, expect.toSatisfy((meters: number) => meters > 90 && meters < 110)]]);
  expect(await looks("trail.read")).toEqual(["shift:1"]);

  expect((await ask("near=4.8926,52.3731&radius=100000")).distances).toEqual([
    [1, 0],
    [2, expect.any(Number)],
  ]);
  for (const [search, status, sentence] of [
    ["near=guard:999", 404, "There is no guard 999."],
    ["near=nowhere", 400, "Name a point"],
    ["near=4.9,52.4&radius=5", 400, "The radius is"],
    ["near=4.9,52.4&radius=1e9", 400, "The radius is"],
    ["near=4.9,52.4&at=yesterday", 400, "This moment cannot be read."],
    ["near=4.9,52.4&at=2999-01-01T00:00:00Z", 400, "This moment has not come yet."],
    ["", 400, "Name a point"],
  ] as const) {
    const refused = await askAsPage(`/live/near?${search}`, { session: cookies.get("ops") });
    expect(refused).toEqual({ status, text: expect.stringContaining(sentence) });
  }
  const past = new Date(Date.now() - 30 * 60_000).toISOString();
  expect((await ask(`near=4.8926,52.3731&at=${past}`)).status).toBe(200);
});

test("a role without the room has no views of it and measures nothing", async () => {
  for (const path of ["/live/views", "/shifts/views", "/live/near?near=4.9,52.4"]) {
    expect((await ops.ask(path, { session: cookies.get("dba") })).status).toBe(403);
  }
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { correctSla } from "../../../db/jobs/correct-sla";
import { freezeSla } from "../../../db/jobs/freeze-sla";
import { tellSlaLive } from "../../../db/jobs/tell-sla-live";
import type { SlaCounts } from "../../../db/rules/sla/counts";
import { freezeOn, freezeRange } from "../../../db/sla/freeze-range";
import { listSlaChoices } from "../../../db/sla/list-sla-choices";
import { countSlaShifts, listSlaShifts } from "../../../db/sla/list-sla-shifts";
import { readSlaAge, readSlaByGroup, readSlaHeat, readSlaSeries, readSlaSummary } from "../../../db/sla/read-sla";
import { tellLiveFacts } from "../../../db/sla/tell-live-facts";
import { openSlaStage, type SlaStage } from "./sla-stage";
import { worked } from "./worked";

const hour = 3_600_000;
const day = 24 * hour;
const now = new Date("2026-11-22T13:00:00Z");
const week = { from: "2026-11-16", until: "2026-11-22" };
const question = { filter: {}, period: week };
let stage: SlaStage;

beforeAll(async () => {
  stage = await openSlaStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.end());

const freeze = (asOf = now) => freezeOn(stage.ground, asOf);
const rows = () => stage.app<{ id: number; sequence: number; reason: string | null }[]>`
  select shift_id::integer as id, sequence, correction_reason as reason from sla_shift_facts order by shift_id, sequence`;

test("a shift is frozen once, 24 hours after its end, however often the job runs", async () => {
  const [old, recent] = await stage.play([worked("2026-11-19T09:00:00Z"), worked("2026-11-21T09:00:00Z")]);
  expect(await freeze()).toEqual({ frozen: 1, corrected: 0, same: 0 });
  expect(await freeze()).toEqual({ frozen: 0, corrected: 0, same: 0 });
  const whole = { from: new Date("2026-11-01Z"), until: now, asOf: now };
  expect(await freezeRange(stage.ground, whole)).toEqual({ frozen: 0, corrected: 0, same: 1 });
  expect((await rows()).map(({ id }) => id)).toEqual([old]);
  expect(await freeze(new Date(+now + 5 * hour))).toMatchObject({ frozen: 1 });
  expect((await rows()).map(({ id }) => id)).toEqual([old, recent]);
});

test("late data becomes a correction with its reason; a new name does not, and what stood stays readable", async () => {
  const silent = worked("2026-11-19T09:00:00Z", { checkins: [] });
  const [id] = await stage.play([silent, worked("2026-11-18T09:00:00Z")]);
  await freeze();
  const before = await readSlaSummary(stage.appDb, question);
  expect(before.current?.shares["no-show"]).toMatchObject({ hits: 1, of: 2, words: "1 of 2" });
  expect(await readSlaSummary(stage.appDb, question)).toEqual(before);

  await stage.owner.execute("update organizations set name = name || ' BV'");
  const whole = { from: new Date("2026-11-01Z"), until: now, asOf: now };
  expect(await freezeRange(stage.ground, whole)).toEqual({ frozen: 0, corrected: 0, same: 2 });
  await stage.owner.execute("update organizations set name = replace(name, ' BV', '')");

  await stage.owner.execute(`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
    values (${id}, ${stage.guards[0]}, 'in', 'SRID=4326;POINT(4.8926 52.3731)', 5, true, '2026-11-19 09:03+00')`);
  expect(await freezeRange(stage.ground, whole)).toEqual({ frozen: 0, corrected: 1, same: 1 });
  expect((await rows()).filter((row) => row.id === id)).toEqual([
    { id, sequence: 1, reason: null },
    { id, sequence: 2, reason: "1 check-in came in after its numbers were frozen." },
  ]);
  const { current } = await readSlaSummary(stage.appDb, question);
  expect(current?.shares["no-show"]).toMatchObject({ hits: 0, of: 2 });
  expect(current?.counts).toMatchObject({ shifts: 2, correctedShifts: 1 });

  await stage.owner.execute(`update shifts set headcount = 2, version = version + 1 where id = ${id}`);
  await freezeRange(stage.ground, whole);
  await stage.owner.execute(`update assignments set began_at = began_at + interval '1 hour' where shift_id = ${id}`);
  await freezeRange(stage.ground, whole);
  expect((await rows()).filter((row) => row.id === id).map(({ reason }) => reason)).toEqual([
    null,
    "1 check-in came in after its numbers were frozen.",
    "The shift was changed after its numbers were frozen.",
    "Its history was changed after its numbers were frozen.",
  ]);
});

test("numbers are told again as they were known at any time, without what was corrected, frozen or live since", async () => {
  const [id] = await stage.play([worked("2026-11-19T09:00:00Z", { checkins: [] }), worked("2026-11-22T09:00:00Z")]);
  await freeze();
  await tellLiveFacts(stage.ground, now);
  const then = () => readSlaSummary(stage.appDb, { ...question, filter: { frozenBy: now } });
  const known = await then();
  expect(known.current?.counts).toMatchObject({ shifts: 1, liveShifts: 0, noShow: 1, correctedShifts: 0 });
  await stage.owner.execute(`update shifts set headcount = 2, version = version + 1 where id = ${id}`);
  const later = new Date(+now + 2 * day);
  await freezeRange(stage.ground, { from: new Date("2026-11-01Z"), until: later, asOf: later });
  expect((await readSlaSummary(stage.appDb, question)).current?.counts).toMatchObject({ shifts: 2, slots: 3 });
  expect(await then()).toEqual(known);
  const list = (frozenBy: Date) =>
    listSlaShifts(stage.appDb, { filter: { frozenBy }, period: week, part: "counted", limit: 9 });
  expect((await list(now)).map(({ shiftId, headcount }) => [shiftId, headcount])).toEqual([[id, 1]]);
  expect((await list(later)).map(({ headcount }) => headcount)).toEqual([2, 1]);
});

test("nobody who serves requests can change what was frozen", async () => {
  await stage.play([worked("2026-11-19T09:00:00Z")]);
  await freeze();
  await expect(stage.app`update sla_shift_facts set due = 0`).rejects.toThrow("permission denied");
  await expect(stage.app`delete from sla_assignment_facts`).rejects.toThrow("permission denied");
});

test("a run that was cut off is gone on with from its last whole day", async () => {
  await stage.play([15, 16, 17, 18, 19].map((date) => worked(`2026-11-${date}T09:00:00Z`)));
  let chunks = 0;
  const falling = {
    ...stage.ground,
    write: ((work) =>
      stage.ground.write(async (sql) => {
        const result = await work(sql);
        chunks += 1;
        if (chunks === 4) throw new Error("the worker was killed");
        return result;
      })) as typeof stage.ground.write,
  };
  await expect(freezeOn(falling, now)).rejects.toThrow("killed");
  expect(await rows()).toHaveLength(2);
  expect(await freeze()).toMatchObject({ frozen: 3, same: 0 });
  expect(await rows()).toHaveLength(5);
  expect((await readSlaAge(stage.appDb)).frozenUntil).toEqual(new Date(+now - day));
});

test("two workers at once write each shift once", async () => {
  await stage.play([15, 16, 17, 18, 19].map((date) => worked(`2026-11-${date}T09:00:00Z`)));
  const both = await Promise.all([freeze(), freeze()]);
  expect(both[0].frozen + both[1].frozen).toBe(5);
  expect((await rows()).map(({ sequence }) => sequence)).toEqual([1, 1, 1, 1, 1]);
  const assigned = await stage.app`select from sla_assignment_facts`;
  expect(assigned).toHaveLength(5);
});

test("what is not frozen yet is told so far, is marked, and gives way to what is frozen", async () => {
  const running = worked("2026-11-22T09:00:00Z");
  const begun = worked("2026-11-22T12:45:00Z", { assignments: [{ guard: 1, began: null, ended: null }], checkins: [] });
  await stage.play([running, begun, worked("2026-11-21T09:00:00Z"), worked("2026-11-22T14:00:00Z")]);
  await freeze();
  expect(await tellLiveFacts(stage.ground, now)).toBe(3);
  const { current } = await readSlaSummary(stage.appDb, question);
  expect(current?.counts).toMatchObject({ shifts: 3, liveShifts: 3, due: 2, plannedSeconds: (4 + 0.25 + 8) * 3600 });
  expect((await readSlaAge(stage.appDb)).liveAt).toEqual(now);

  const tomorrow = new Date(+now + 40 * hour);
  await freeze(tomorrow);
  const after = await readSlaSummary(stage.appDb, question);
  expect(after.current?.counts).toMatchObject({ shifts: 4, liveShifts: 0 });
  await tellLiveFacts(stage.ground, tomorrow);
  expect(await stage.app`select from sla_live_shift_facts`).toHaveLength(0);
});

test("numbers are held against the period before, any other period, or another client", async () => {
  const away = { zone: "America/Kralendijk", client: "Rijk Kralendijk" } as const;
  await stage.play([
    worked("2026-11-19T09:00:00Z"),
    worked("2026-11-18T09:00:00Z", away),
    worked("2026-11-17T09:00:00Z", { ...away, checkins: [] }),
    worked("2026-11-10T09:00:00Z"),
    worked("2026-10-10T09:00:00Z", { checkins: [] }),
  ]);
  await freeze();
  const { clients, locations } = await listSlaChoices(stage.appDb, {});
  expect(clients.map(({ name }) => name)).toEqual(["Hotel De Kroon", "Rijk Kralendijk"]);
  expect(locations).toEqual([]);
  const [hotel, rijk] = clients.map(({ id }) => ({ clientId: id }));
  const ofRijk = await listSlaChoices(stage.appDb, rijk ?? {});
  expect(ofRijk.locations.map(({ name }) => name)).toEqual(["Kralendijk"]);
  expect(await listSlaChoices(stage.appDb, { locationId: ofRijk.locations[0]?.id })).toEqual(ofRijk);
  const onTime = async (asked: Parameters<typeof readSlaSummary>[1]) => {
    const { current, previous } = await readSlaSummary(stage.appDb, asked);
    return [current, previous].map((numbers) => numbers?.shares["on-time"].words ?? null);
  };
  expect(await onTime(question)).toEqual(["2 of 3", "1 of 1"]);
  const october = { filter: {}, period: { from: "2026-10-01", until: "2026-10-31" } };
  expect(await onTime({ ...question, against: october })).toEqual(["2 of 3", "0 of 1"]);
  const between = { filter: hotel ?? {}, period: week, against: { filter: rijk ?? {}, period: week } };
  expect(await onTime(between)).toEqual(["1 of 1", "1 of 2"]);
  const groups = await readSlaByGroup(stage.appDb, { ...question, against: october, by: "client" });
  expect(groups.map(({ label, previous }) => [label, previous?.counts.due ?? null])).toEqual([
    ["Hotel De Kroon", 1],
    ["Rijk Kralendijk", null],
  ]);
});

test("whose first shift is under way can be chosen already", async () => {
  await stage.play([worked("2026-11-22T09:00:00Z")]);
  expect(await listSlaChoices(stage.appDb, {})).toEqual({ clients: [], regions: [], locations: [], company: null });
  await tellLiveFacts(stage.ground, now);
  expect((await listSlaChoices(stage.appDb, {})).clients).toEqual([
    expect.objectContaining({ name: "Hotel De Kroon" }),
  ]);
});

test("the shifts behind a number are listed, page by page, with what is left out", async () => {
  const outage: [number, number] = [Date.parse("2026-11-17T10:00:00Z"), Date.parse("2026-11-17T11:00:00Z")];
  const ids = await stage.play([
    worked("2026-11-16T09:00:00Z"),
    worked("2026-11-17T09:00:00Z", { outages: [outage], checkins: [] }),
    worked("2026-11-18T09:00:00Z", { checkins: [] }),
    worked("2026-11-19T09:00:00Z", { checkins: [], zone: "America/Kralendijk", client: "Rijk Kralendijk" }),
    worked("2026-11-10T09:00:00Z"),
  ]);
  await freeze();
  const list = async (options: Partial<Parameters<typeof listSlaShifts>[1]> = {}) =>
    (await listSlaShifts(stage.appDb, { ...question, metric: "on-time", part: "misses", limit: 10, ...options })).map(
      ({ shiftId }) => shiftId,
    );
  expect(await list()).toEqual([ids[2], ids[3]]);
  expect(await list({ part: "counted" })).toEqual([ids[0], ids[2], ids[3]]);
  expect(await list({ part: "left out" })).toEqual([ids[1]]);
  expect(await list({ part: "left out", metric: "coverage" })).toEqual([]);
  expect(await list({ metric: "late" })).toEqual([ids[2], ids[3]]);
  expect(await list({ group: { by: "day", key: "2026-11-19" } })).toEqual([ids[3]]);
  expect(await list({ group: { by: "hour", key: "4-5" } })).toEqual([ids[3]]);
  expect(await list({ filter: { region: "Noord-Holland" } })).toEqual([ids[2]]);
  const misses = { ...question, metric: "on-time", part: "misses" } as const;
  expect(await countSlaShifts(stage.appDb, misses)).toBe(2);
  const [first] = await listSlaShifts(stage.appDb, { ...misses, limit: 1 });
  expect(first).toMatchObject({ lateSeconds: [null], fillSeconds: [86_400], refillSeconds: [] });
  const startAt = Date.parse("2026-11-18T09:00:00Z") / 1000;
  expect(await list({ after: { startAt, shiftId: ids[2] as number } })).toEqual([ids[3]]);
  expect(await list({ isNewestFirst: true })).toEqual([ids[3], ids[2]]);
  expect(await list({ isNewestFirst: true, after: { startAt: startAt + 86_400, shiftId: ids[3] as number } })).toEqual([
    ids[2],
  ]);

  const clients = await readSlaByGroup(stage.appDb, { ...question, by: "client" });
  expect(clients.map(({ label, current, previous }) => [label, current?.counts.due, previous?.counts.due])).toEqual([
    ["Hotel De Kroon", 2, 1],
    ["Rijk Kralendijk", 1, undefined],
  ]);
  const days = await readSlaSeries(stage.appDb, { ...question, by: "day" });
  expect(days.map(({ key, value }) => [key, value.shares["on-time"].hits, value.shares["on-time"].of])).toEqual([
    ["2026-11-16", 1, 1],
    ["2026-11-17", 0, 0],
    ["2026-11-18", 0, 1],
    ["2026-11-19", 0, 1],
  ]);
  const heat = await readSlaHeat(stage.appDb, question);
  expect(
    heat.map(({ weekday, hour: at, counts }: { weekday: number; hour: number; counts: SlaCounts }) => [
      weekday,
      at,
      counts.due,
    ]),
  ).toEqual([
    [1, 10, 1],
    [2, 10, 0],
    [3, 10, 1],
    [4, 5, 1],
  ]);
});

test("the jobs freeze, correct and tell what is live", async () => {
  await stage.play([worked("2026-11-19T09:00:00Z")]);
  const { owner: operate, ground } = stage;
  const context = { ...ground, operate, signal: new AbortController().signal, slot: now };
  expect(await freezeSla.run(context)).toBe("Shifts frozen: 1.");
  expect(await correctSla.run(context)).toBe("Shifts corrected: 0, frozen: 0, the same: 1.");
  expect(await tellSlaLive.run(context)).toMatch(/^Shifts told: \d+\.$/);
});

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { RuleInForce } from "../../../../db/rules/shifts/assignment-rules";
import { judgeGuardForShift } from "../../../../db/shifts/candidates/judge-guard-for-shift";
import { tryRule } from "../../../../db/shifts/rules/try-rule";
import { type City, hire, openCity } from "../candidates/city";

let city: City;

beforeAll(async () => {
  city = await openCity();
  await hire(city.owner, [
    { id: 1, kilometers: 3, employment: "employee" },
    { id: 2, kilometers: 3 },
    { id: 3, kilometers: 30, employment: "employee" },
  ]);
});
afterEach(() => city.owner`delete from shifts`);
afterAll(() => city?.close());

async function work(id: number, guardId: number, from: string, until: string, hourlyRate = 30): Promise<void> {
  await city.owner`
    insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                        assigned_at, hourly_rate)
    overriding system value
    values (${id}, 1, 2, 1, ${guardId}, 'completed', ${from}, ${until}, ${from}::timestamptz - interval '3 days', ${hourlyRate})`;
}

const rest = (limit: number, severity: RuleInForce["severity"] = "block"): RuleInForce => ({
  rule: "rest",
  employment: "employee",
  severity,
  limit,
  overrideRoles: [],
});
const trial = (before: RuleInForce | null, after: RuleInForce, asOf: string, withinMs = 60_000) =>
  tryRule(city.reader, { before, after, asOf: new Date(asOf), withinMs });

test("across the night of 29 March ten hours lie between eight in the evening and seven: a rest of 10.5 h blocks both", async () => {
  await work(1, 1, "2026-03-28T12:00:00+01:00", "2026-03-28T20:00:00+01:00");
  await work(2, 1, "2026-03-29T07:00:00+02:00", "2026-03-29T15:00:00+02:00");
  await work(3, 2, "2026-03-28T12:00:00+01:00", "2026-03-28T20:00:00+01:00");
  await work(4, 2, "2026-03-29T07:00:00+02:00", "2026-03-29T15:00:00+02:00");
  await work(5, 3, "2026-03-20T12:00:00+01:00", "2026-03-20T20:00:00+01:00");
  const tried = await trial(rest(10), rest(10.5), "2026-04-05T00:00:00Z");
  expect(tried).toMatchObject({ judgedCount: 3, isWhole: true, counts: { blocked: 2, warned: 0, freed: 0 } });
  expect(tried.examples.map(({ shiftId, effect }) => [shiftId, effect])).toEqual([
    [1, "blocked"],
    [2, "blocked"],
  ]);
  expect(tried.examples[1]?.sentence).toMatch(/10 h/);
  expect((await trial(rest(10), rest(10.5, "warn"), "2026-04-05T00:00:00Z")).counts).toEqual({
    blocked: 0,
    warned: 2,
    freed: 0,
  });
});

test("across the night of 25 October eleven hours lie between eight in the evening and six: 11 h instead of 11.5 h frees both", async () => {
  await work(1, 1, "2026-10-24T12:00:00+02:00", "2026-10-24T20:00:00+02:00");
  await work(2, 1, "2026-10-25T06:00:00+01:00", "2026-10-25T14:00:00+01:00");
  const tried = await trial(rest(11.5), rest(11), "2026-11-20T00:00:00Z");
  expect(tried.counts).toEqual({ blocked: 0, warned: 0, freed: 2 });
  expect((await trial(rest(11.5), rest(11.2), "2026-11-20T00:00:00Z")).counts.freed).toBe(0);
  expect((await trial(null, rest(11.2), "2026-11-20T00:00:00Z")).counts.blocked).toBe(2);
});

test("what began before the 28 days is not judged, but what it leaves of the rest is", async () => {
  await work(1, 1, "2026-03-28T12:00:00Z", "2026-03-28T20:00:00Z");
  await work(2, 1, "2026-03-29T05:00:00Z", "2026-03-29T13:00:00Z");
  const tried = await trial(rest(5), rest(11), "2026-04-26T00:00:00Z");
  expect([tried.judgedCount, tried.counts.blocked, tried.examples[0]?.shiftId]).toEqual([1, 1, 2]);
});

test("it says of each assignment what the rules of the replacement say of it", async () => {
  await work(1, 1, "2026-11-10T08:00:00Z", "2026-11-10T16:00:00Z");
  await work(2, 1, "2026-11-11T01:00:00Z", "2026-11-11T09:00:00Z");
  await work(3, 1, "2026-11-12T08:00:00Z", "2026-11-12T16:00:00Z");
  const before = rest(0, "info");
  const { examples } = await trial(before, rest(11), "2026-11-20T00:00:00Z");
  const asked = await Promise.all(
    [1, 2, 3].map(async (shiftId) => {
      const asOf = new Date("2026-11-07T08:00:00Z");
      const reasons = await judgeGuardForShift(city.ops, { shiftId, guardId: 1, asOf });
      return reasons?.filter(({ rule }) => rule === "rest").map(({ sentence }) => [shiftId, sentence]) ?? [];
    }),
  );
  expect(examples.map(({ shiftId, sentence }) => [shiftId, sentence])).toEqual(asked.flat());
  expect(examples).toHaveLength(2);
});

test("it ends when its time is over, and says that it is not whole", async () => {
  await city.owner`
    insert into users (id, role, full_name, email)
    select ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid, 'zzp', 'Other ' || n, n || '@more.example'
    from generate_series(1, 300) as n`;
  await city.owner`
    insert into security_professionals (user_id, employment)
    select id, 'employee' from users where email like '%@more.example'`;
  expect((await trial(rest(10), rest(11), "2026-11-20T00:00:00Z", 0)).isWhole).toBe(false);
  expect((await trial(rest(10), rest(11), "2026-11-20T00:00:00Z")).isWhole).toBe(true);
});

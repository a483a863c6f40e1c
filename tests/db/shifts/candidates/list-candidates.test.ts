import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeGuardForShift } from "../../../../db/shifts/candidates/judge-guard-for-shift";
import { listCandidates } from "../../../../db/shifts/candidates/list-candidates";
import { listOpenShiftsForGuard } from "../../../../db/shifts/candidates/list-open-shifts-for-guard";
import { asOf, type City, hire, hours, openCity, plan } from "./city";

let city: City;

/** Shift 1 is tomorrow from 08:00Z to 16:00Z on the Dam, and guard 1 has it. */
beforeAll(async () => {
  city = await openCity();
  const { owner } = city;
  await hire(owner, [
    { id: 1, kilometers: 1 },
    { id: 2, kilometers: 2 },
    { id: 3, kilometers: 3 },
    { id: 4, kilometers: 4, vcaUntil: null },
    { id: 5, kilometers: 5, employment: "employee", hourlyRate: 18 },
    { id: 6, kilometers: 6, passUntil: "2026-11-24T15:59:59Z", hourlyRate: 35 },
    { id: 7, kilometers: null },
    { id: 8, kilometers: 8, hourlyRate: null },
    { id: 9, kilometers: 9 },
    { id: 10, kilometers: 10, employment: "employee", employerId: 3, hourlyRate: 18 },
  ]);
  await plan(owner, [
    { id: 1, from: 24, until: 32, guardId: 1 },
    { id: 2, from: -2, until: 6, guardId: 2, locationId: 2 }, // at work now, and free tomorrow
    { id: 3, from: 26, until: 30, guardId: 3, locationId: 2 }, // free now, and busy tomorrow
    { id: 5, from: 10, until: 15, guardId: 5 }, // nine hours of rest
    { id: 8, from: -48, until: -40, guardId: 8, status: "completed" },
    { id: 9, from: -96, until: -88, guardId: 8, status: "completed" },
    { id: 10, from: -72, until: -64, guardId: 8, status: "cancelled", cancelReason: "no-show" },
    { id: 11, from: 20, until: 26, guardId: 9, locationId: 2 },
    { id: 12, from: 48, until: 56 },
    { id: 13, from: 100, until: 108, locationId: 2 },
    { id: 14, from: 170, until: 178 }, // beyond seven days
    { id: 15, from: -1, until: 7 }, // has begun
  ]);
  await owner`
    update shifts set professional_id = null, status = 'published' where id = 11`;
  await owner`
    update assignments set ended_reason = 'sick' where shift_id = 11`;
}, 60_000);

afterAll(() => city.close());

const rules = (reasons: readonly { rule: string; severity: string }[]) =>
  reasons.map(({ rule, severity }) => `${rule} ${severity}`);

test("everybody near stands in the list, nearest first, with all that speaks against them at the shift's own time", async () => {
  const found = await listCandidates(city.reader, { shiftId: 1, asOf });
  expect(found?.candidates.map(({ guardId, reasons }) => [guardId, ...rules(reasons)])).toEqual([
    [2],
    [3, "overlap block"],
    [4, "vca block"],
    [5, "rest block"],
    [6, "guard-pass block", "rate warn"],
    [8, "rate info"],
    [9, "unavailable warn"],
    [10, "employer block"],
  ]);
  expect(found?.candidates.map(({ distanceMeters }) => Math.round((distanceMeters ?? 0) / 100))).toEqual([
    20, 30, 40, 50, 60, 80, 90, 100,
  ]);
});

test("who has the shift stands apart, and who has no home on record is counted", async () => {
  const found = await listCandidates(city.reader, { shiftId: 1, asOf });
  expect(found?.present).toMatchObject({ guardId: 1, fullName: "Guard 1", reasons: [] });
  expect(found?.shift).toMatchObject({ id: 1, guardId: 1, startAt: hours(24), location: { name: "De Kroon" } });
  expect(found?.funnel).toEqual({
    nearCount: 8,
    canCount: 3,
    clearCount: 2,
    blocked: [
      { rule: "overlap", firstCount: 1, count: 1 },
      { rule: "vca", firstCount: 1, count: 1 },
      { rule: "guard-pass", firstCount: 1, count: 1 },
      { rule: "employer", firstCount: 1, count: 1 },
      { rule: "rest", firstCount: 1, count: 1 },
    ],
    withoutHomeCount: 1,
  });
  expect(found?.searchedCount).toBe(8);
  expect(found?.radiusMeters).toBeCloseTo(10_000, -2);
});

test("a candidate comes with margin, rest, hours of the week, the way and what happened here before", async () => {
  const found = await listCandidates(city.reader, { shiftId: 1, asOf });
  const candidate = (id: number) => found?.candidates.find(({ guardId }) => guardId === id);
  expect(candidate(5)).toMatchObject({
    marginPerHour: 12,
    restBeforeSeconds: 9 * 3600,
    restAfterSeconds: null,
    weekSecondsAfter: 13 * 3600,
    homeArea: { longitude: 4.89, latitude: 52.42 },
  });
  expect(candidate(8)).toMatchObject({
    hourlyRate: null,
    marginPerHour: null,
    history: { completedCount: 2, noShowCount: 1, lastAt: hours(-40) },
  });
  expect(candidate(2)?.history).toEqual({ completedCount: 0, noShowCount: 0, lastAt: null });
  expect(candidate(2)?.travelSeconds).toBeGreaterThan(600);
});

test("the look goes farther by itself while too few can", async () => {
  const found = await listCandidates(city.reader, { shiftId: 1, asOf, near: 2 });
  expect(found?.candidates.map(({ guardId }) => guardId)).toEqual([2, 3, 4, 5, 6, 8, 9, 10]);
});

test("one guard is judged alike in a transaction, which sees what it has changed itself", async () => {
  const found = await listCandidates(city.reader, { shiftId: 1, asOf });
  await city.ops
    .transaction(async (tx) => {
      for (const { guardId, reasons } of found?.candidates ?? []) {
        await tx.execute(sql`select id from security_professionals where id = ${guardId} for update`);
        expect(await judgeGuardForShift(tx, { shiftId: 1, guardId, asOf })).toEqual(reasons);
      }
      expect(await judgeGuardForShift(tx, { shiftId: 1, guardId: 3, asOf, without: [3] })).toEqual([]);
      await tx.execute(sql`update shifts set professional_id = null, status = 'published' where id = 3`);
      expect(await judgeGuardForShift(tx, { shiftId: 1, guardId: 3, asOf })).toEqual([]);
      expect(rules((await judgeGuardForShift(tx, { shiftId: 1, guardId: 7, asOf })) ?? [])).toEqual(["travel info"]);
      tx.rollback();
    })
    .catch((error: Error) => expect(error.message).toBe("Rollback"));
});

test("what is not there is not judged", async () => {
  expect(await listCandidates(city.reader, { shiftId: 999, asOf })).toBeUndefined();
  expect(await judgeGuardForShift(city.reader, { shiftId: 999, guardId: 1, asOf })).toBeUndefined();
  expect(await judgeGuardForShift(city.reader, { shiftId: 1, guardId: 999, asOf })).toBeUndefined();
  expect(await listOpenShiftsForGuard(city.reader, { guardId: 999, asOf })).toBeUndefined();
});

test("a guard sees the open shifts of seven days, nearest or soonest first, with what speaks against them", async () => {
  const nearest = await listOpenShiftsForGuard(city.reader, { guardId: 3, asOf });
  expect(nearest?.shifts.map(({ shiftId, reasons }) => [shiftId, ...rules(reasons)])).toEqual([
    [12],
    [11, "rest warn"],
    [13],
  ]);
  expect(nearest?.openCount).toBe(3);
  const soonest = await listOpenShiftsForGuard(city.reader, { guardId: 3, asOf, order: "soonest", most: 2 });
  expect(soonest?.shifts.map(({ shiftId }) => shiftId)).toEqual([11, 12]);
  const homeless = await listOpenShiftsForGuard(city.reader, { guardId: 7, asOf });
  expect(homeless?.shifts.map(({ shiftId, distanceMeters }) => [shiftId, distanceMeters])).toEqual([
    [11, null],
    [12, null],
    [13, null],
  ]);
});

test("of an open shift each is told as the candidates of it are", async () => {
  for (const guardId of [2, 3, 5, 6, 9, 10]) {
    for (const { shiftId, reasons } of (await listOpenShiftsForGuard(city.reader, { guardId, asOf }))?.shifts ?? []) {
      expect(await judgeGuardForShift(city.reader, { shiftId, guardId, asOf })).toEqual(reasons);
    }
  }
});

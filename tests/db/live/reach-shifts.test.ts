import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { shiftReaches } from "../../../db/console/reach-tables";
import { reachShifts } from "../../../db/jobs/reach-shifts";
import { readMarks, readMarksRevision } from "../../../db/live/marks/read-marks";
import { asOf, type City, hire, hours, openCity, plan } from "../shifts/candidates/city";
import { type AlarmBook, openAlarmBook } from "./alarm-book";

let city: City;
let book: AlarmBook;

beforeAll(async () => {
  city = await openCity();
  book = await openAlarmBook(city.environment);
  await hire(city.owner, [
    { id: 1, kilometers: 3 },
    { id: 2, kilometers: 12 },
    { id: 3, kilometers: 1, vcaUntil: null },
    { id: 4, kilometers: null },
  ]);
});
afterEach(async () => {
  await city.owner`delete from shifts`;
  await book.clear();
});
afterAll(async () => {
  await book?.close();
  await city?.close();
});

const minutes = (count: number) => hours(count / 60);
const look = (slot: Date) =>
  reachShifts.run({
    securyflex: city.reader,
    operate: city.ops,
    write: book.write,
    signal: new AbortController().signal,
    slot,
  });
const reachOf = async (shiftId: number) =>
  (await book.db.select().from(shiftReaches).where(eq(shiftReaches.shiftId, shiftId)))[0];

test("who can and has the shortest way says until when a shift can be saved; whom a rule blocks is not counted", async () => {
  await plan(city.owner, [{ id: 10, from: 2, until: 10 }]);
  expect(await look(asOf)).toBe("Looked at 1 shifts that nobody has; nobody could be in time for 0 of them.");
  const reach = await reachOf(10);
  expect(reach).toMatchObject({ guardId: 1, guardName: "Guard 1", canCount: 2, computedAt: asOf });
  // 5 minutes to set off and 3 km at 20 km/h.
  expect(reach?.travelSeconds).toBeGreaterThan(13.9 * 60);
  expect(reach?.travelSeconds).toBeLessThan(14.1 * 60);
  expect(+(reach?.noReturnAt as Date)).toBe(+hours(2) - (reach?.travelSeconds as number) * 1000);
  expect((await readMarks(book.db, { shiftIds: [10, 11] })).get(10)).toEqual({ noReturnAt: reach?.noReturnAt });
  expect(await readMarks(book.db, { shiftIds: [10], at: asOf })).toEqual(new Map());
});

test("a shift that is filled, that has begun or that is far away is not looked at", async () => {
  await plan(city.owner, [
    { id: 20, from: 1, until: 5, guardId: 2, status: "assigned" },
    { id: 21, from: -1, until: 5 },
    { id: 22, from: 5, until: 9 },
  ]);
  expect(await look(asOf)).toMatch(/^Looked at 0 shifts/);
});

test("it is looked at again after four minutes, and pages hear of it only where something changed", async () => {
  await plan(city.owner, [{ id: 30, from: 2, until: 10 }]);
  await look(asOf);
  const told = await readMarksRevision(book.db);
  expect(await look(minutes(2))).toMatch(/^Looked at 0 shifts/);
  await look(minutes(5));
  expect((await reachOf(30))?.computedAt).toEqual(minutes(5));
  expect(await readMarksRevision(book.db)).toBe(told);
  await plan(city.owner, [{ id: 31, from: 1, until: 9, guardId: 1, status: "assigned" }]);
  await look(minutes(10));
  expect(await reachOf(30)).toMatchObject({ guardId: 2, canCount: 1 });
  expect(await readMarksRevision(book.db)).not.toBe(told);
});

test("where nobody can, it is too late since that was found, and the clock raises the shift at risk", async () => {
  await plan(city.owner, [
    { id: 40, from: 1.9, until: 10 },
    { id: 41, from: 1, until: 9, guardId: 1, status: "assigned" },
    { id: 42, from: 1, until: 9, guardId: 2, status: "assigned" },
    { id: 43, from: 1, until: 9, guardId: 4, status: "assigned" },
  ]);
  expect(await look(asOf)).toMatch(/nobody could be in time for 1 of them\.$/);
  await look(minutes(6));
  expect(await reachOf(40)).toMatchObject({ guardId: null, canCount: 0, noReturnAt: asOf, changedAt: asOf });
  await book.judge(minutes(7));
  expect((await book.list()).map(({ shiftId, kind, beganAt }) => [shiftId, kind, beganAt])).toEqual([
    [40, "at-risk", asOf],
  ]);
});

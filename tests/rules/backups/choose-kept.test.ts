import fc from "fast-check";
import { expect, test } from "vitest";

import { chooseKept, readRetention } from "../../../db/rules/backups/choose-kept";
import { isDrifted, measureDrift } from "../../../db/rules/backups/measure-drift";

const night = (date: string, isProved = false) => ({
  id: date,
  snapshotAt: new Date(`${date.length === 10 ? `${date}T03:10` : date}:00Z`),
  isProved,
});
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, day) =>
    night(new Date(Date.parse(`${from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10)),
  );

test("of ninety nights stay the last days, the last of each week and of each month", () => {
  const kept = chooseKept(days("2026-09-01", 90), { daily: 3, weekly: 3, monthly: 3 });
  expect([...kept].sort()).toEqual([
    ...["2026-09-30", "2026-10-31", "2026-11-15", "2026-11-22"],
    ...["2026-11-27", "2026-11-28", "2026-11-29"],
  ]);
});

test("the newest proved one stays, however old, and so does all of the last day", () => {
  const proved = night("2026-01-05", true);
  const older = night("2026-01-04", true);
  const kept = chooseKept(
    [older, proved, ...days("2026-11-01", 20), night("2026-11-20T09:00"), night("2026-11-20T15:00")],
    { daily: 1, weekly: 0, monthly: 0 },
  );
  expect([...kept].sort()).toEqual(["2026-01-05", "2026-11-20", "2026-11-20T09:00", "2026-11-20T15:00"]);
});

test("nothing is kept of nothing, and a retention of nothing keeps the last day and the proof", () => {
  expect(chooseKept([], { daily: 7, weekly: 4, monthly: 6 }).size).toBe(0);
  const none = { daily: 0, weekly: 0, monthly: 0 };
  expect([...chooseKept(days("2026-11-01", 5), none)]).toEqual(["2026-11-05"]);
});

test("however many there are and whatever is kept, the newest and the newest proved one never go", () => {
  const backup = fc.record({
    id: fc.uuid(),
    snapshotAt: fc.date({ min: new Date("2025-01-01"), max: new Date("2026-12-31"), noInvalidDate: true }),
    isProved: fc.boolean(),
  });
  const most = fc.nat({ max: 5 });
  const all = fc.uniqueArray(backup, { selector: ({ id }) => id, minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(all, fc.record({ daily: most, weekly: most, monthly: most }), (backups, rule) => {
      const kept = chooseKept(backups, rule);
      const newestOf = (some: typeof backups) => Math.max(...some.map(({ snapshotAt }) => snapshotAt.getTime()));
      const stays = backups.filter(({ id }) => kept.has(id));
      expect(newestOf(stays)).toBe(newestOf(backups));
      const proved = ({ isProved }: (typeof backups)[number]) => isProved;
      expect(newestOf(stays.filter(proved))).toBe(newestOf(backups.filter(proved)));
    }),
  );
});

test("a retention is three numbers, or none", () => {
  expect(readRetention(" 7, 4,6 ")).toEqual({ daily: 7, weekly: 4, monthly: 6 });
  for (const text of ["7,4", "7,4,6,1", "a,b,c", "-1,4,6", "7.5,4,6", ""]) expect(readRetention(text)).toBeUndefined();
});

test("a size drifts when it leaves half to one and a half of what was usual; of too few nothing is said", () => {
  expect(measureDrift(100, [100])).toBeNull();
  expect(measureDrift(100, [50, 100, 150])).toBe(1);
  const drifts = [0.49, 0.5, 1.5, 1.51].map((times) => isDrifted(measureDrift(100 * times, [100, 100, 100])));
  expect(drifts).toEqual([true, false, false, true]);
  expect([measureDrift(10, [0, 0, 0]), isDrifted(null)]).toEqual([null, false]);
});

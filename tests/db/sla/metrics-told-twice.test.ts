import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { SlaCases, SlaCounts } from "../../../db/rules/sla/counts";
import { judgeCounts } from "../../../db/rules/sla/judge-counts";
import { slaRule } from "../../../db/rules/sla/sla-rule";
import { freezeOn } from "../../../db/sla/freeze-range";
import type { Grouping } from "../../../db/sla/groupings";
import { readCases } from "../../../db/sla/read-cases";
import { readCounts } from "../../../db/sla/read-counts";
import { tryDefinition } from "../../../db/sla/try-definition";
import { randomShift } from "./random-shifts";
import { type RawShift, retell, type times } from "./retell";
import { openSlaStage, type SlaStage } from "./sla-stage";

const isSoak = process.env.SOAK === "1";
const period = { from: "2026-01-01", until: "2026-12-31" };
let stage: SlaStage;

beforeAll(async () => {
  stage = await openSlaStage();
});
afterAll(() => stage.end());

type Told = ReturnType<typeof retell>;

/** The smallest that at least so many of the cases do not exceed. */
const at = (cases: number[], share: number) =>
  [...cases].sort((a, b) => a - b)[Math.ceil(cases.length * share) - 1] ?? null;
const sum = (told: Told[], tell: (one: Told) => number) => told.reduce((total, one) => total + tell(one), 0);

function count(told: Told[]): Partial<SlaCounts> {
  const counted = told.filter(({ leftOut }) => leftOut === null);
  const covered = told.filter(({ leftOut }) => leftOut === null || leftOut === "unobserved");
  const left = (why: string) => told.filter(({ leftOut }) => leftOut === why).length;
  const published = told.filter(({ leftOut }) => leftOut !== "draft" && leftOut !== "unpublished");
  const cancelled = (party: string) => {
    const hours = told.filter((one) => one.party === party).map((one) => one.noticeHours as number);
    return {
      long: hours.filter((notice) => notice > 24).length,
      short: hours.filter((notice) => notice >= 2 && notice <= 24).length,
      "last-minute": hours.filter((notice) => notice < 2).length,
    };
  };
  return {
    shifts: told.length,
    slots: sum(counted, (one) => one.slots),
    filledSlots: sum(counted, (one) => one.filled),
    due: sum(counted, (one) => one.due),
    onTime: sum(counted, (one) => one.onTime),
    onTimeUncertain: sum(counted, (one) => one.onTimeAtMost - one.onTime),
    noShow: sum(counted, (one) => one.noShow),
    noShowUncertain: sum(counted, (one) => one.noShowAtMost - one.noShow),
    inside: sum(counted, (one) => one.inside),
    outside: sum(counted, (one) => one.outside),
    uncertain: sum(counted, (one) => one.uncertain),
    plannedSeconds: sum(covered, (one) => one.planned),
    confirmedSeconds: sum(covered, (one) => one.confirmed),
    assumedSeconds: sum(covered, (one) => one.assumed),
    unobservedSeconds: sum(covered, (one) => one.unobserved),
    publishedShifts: published.length,
    leftOut: {
      draft: left("draft"),
      unpublished: left("unpublished"),
      withdrawn: left("withdrawn"),
      unobserved: left("unobserved"),
    },
    cancelled: {
      client: cancelled("client"),
      guard: cancelled("guard"),
      platform: cancelled("platform"),
      unknown: cancelled("unknown"),
    },
  };
}

function countCases(told: Told[]): SlaCases {
  const counted = told.filter(({ leftOut }) => leftOut === null);
  const of = (kind: "fill" | "late" | "acknowledge" | "onScene" | "refill" | "arrive") => {
    const cases = counted.flatMap((one) => one[kind]);
    const never = cases.filter((one) => one === Number.POSITIVE_INFINITY).length;
    const withinTarget = kind === "acknowledge" ? cases.filter((one) => one <= 300).length : null;
    return { n: cases.length, never, p50: at(cases, 0.5), p90: at(cases, 0.9), withinTarget };
  };
  return {
    fill: of("fill"),
    late: of("late"),
    acknowledge: of("acknowledge"),
    "on-scene": of("onScene"),
    refill: of("refill"),
    arrive: of("arrive"),
  };
}

const local = (shift: RawShift, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: shift.zone, ...options }).format(shift.start);
const dateOf = (shift: RawShift) => local(shift, {});
const weekdayOf = (shift: RawShift) => ((new Date(`${dateOf(shift)}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

const keys: Record<string, (shift: RawShift) => string> = {
  all: () => "all",
  day: dateOf,
  month: (shift) => `${dateOf(shift).slice(0, 7)}-01`,
  week: (shift) =>
    new Date(Date.parse(`${dateOf(shift)}T00:00:00Z`) - (weekdayOf(shift) - 1) * 86_400_000).toISOString().slice(0, 10),
  hour: (shift) => `${weekdayOf(shift)}-${Number(local(shift, { hour: "numeric", hourCycle: "h23" }).slice(0, 2))}`,
  client: (shift) => shift.client,
};

test("every metric is told a second time from the raw history, and comes out the same", {
  timeout: 900_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(randomShift, { minLength: 30, maxLength: 60 }), async (shifts) => {
      await stage.clear();
      await stage.play(shifts);
      await freezeOn(stage.ground, new Date("2026-12-01T00:00:00Z"));
      const told = shifts.map((shift) => ({ shift, facts: retell(shift) }));
      for (const [by, keyOf] of Object.entries(keys)) {
        const question = { filter: {}, period, by: by as Grouping, targets: { acknowledge: 300 } };
        const counts = await readCounts(stage.appDb, question);
        const cases = await readCases(stage.appDb, question);
        const name = (group: { key: string; label: string }) => (by === "client" ? group.label : group.key);
        expect(counts.map(name).sort()).toEqual([...new Set(shifts.map(keyOf))].sort());
        for (const group of counts) {
          const own = told.filter(({ shift }) => keyOf(shift) === name(group)).map(({ facts }) => facts);
          expect(group.value).toMatchObject(count(own));
          const expected = countCases(own);
          const found = cases.find(({ key }) => key === group.key)?.value;
          for (const [kind, value] of Object.entries(expected)) {
            if (value.n > 0) expect(found?.[kind as keyof SlaCases]).toEqual(value);
            else expect(found?.[kind as keyof SlaCases].n ?? 0).toBe(0);
          }
        }
      }
    }),
    { numRuns: isSoak ? 100 : 2, ...(isSoak ? {} : { seed: 20261123 }), endOnFailure: true },
  );
});

test("with other times every share is told a second time from the raw history, and comes out the same", async () => {
  const shifts = fc.sample(randomShift, { numRuns: 60, seed: 20261123 });
  await stage.clear();
  await stage.play(shifts);
  const hour = 3_600_000;
  const other = { onTime: hour / 6, noShow: hour, confirm: hour / 10, withdraw: 2 * hour };
  const rule = {
    ...slaRule,
    onTimeSeconds: other.onTime / 1000,
    noShowSeconds: other.noShow / 1000,
    confirmSeconds: other.confirm / 1000,
    withdrawSeconds: other.withdraw / 1000,
  };
  const tryFor = (clientId: number | undefined) =>
    tryDefinition(
      { securyflex: stage.ground.securyflex, console: stage.appDb, signal: new AbortController().signal },
      { rule, period, clientId, asOf: new Date("2026-12-01T00:00:00Z"), reached: async () => {} },
    );
  const tried = await tryFor(undefined);
  const counts = (own: RawShift[], rule?: typeof times) => {
    const { cancelled: _, ...decided } = count(own.map((shift) => retell(shift, rule)));
    return decided;
  };
  expect(counts(shifts)).not.toEqual(counts(shifts, other));
  expect(tried.all).toMatchObject({ inForce: counts(shifts), tried: counts(shifts, other) });
  for (const { clientName, inForce, tried: told } of tried.clients) {
    const own = shifts.filter(({ client }) => client === clientName);
    expect([inForce, told]).toMatchObject([counts(own), counts(own, other)]);
  }
  expect(tried.clients).toHaveLength(new Set(shifts.map(({ client }) => client)).size);
  const [first] = tried.clients;
  expect((await tryFor(first?.clientId)).clients).toEqual([first]);
});

test("the night in which the clock goes on is 7 hours long, the one in which it goes back is 9", async () => {
  await stage.clear();
  const night = (start: string, end: string): RawShift => ({
    start: Date.parse(start),
    end: Date.parse(end),
    zone: "Europe/Amsterdam",
    client: "Hotel De Kroon",
    headcount: 1,
    status: "completed",
    reason: null,
    published: Date.parse(start) - 86_400_000,
    cancelled: null,
    assignments: [],
    checkins: [],
    incidents: [],
    outages: [],
  });
  await stage.play([
    night("2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00"),
    night("2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00"),
  ]);
  await freezeOn(stage.ground, new Date("2026-12-01T00:00:00Z"));
  const days = await readCounts(stage.appDb, { filter: {}, period, by: "day" });
  expect(days.map(({ key, value }) => [key, value.plannedSeconds / 3600])).toEqual([
    ["2026-03-28", 7],
    ["2026-10-24", 9],
  ]);
  const shares = judgeCounts((days[0] as { value: SlaCounts }).value);
  expect(shares["fill-rate"]).toMatchObject({ hits: 0, of: 1, words: "0 of 1" });
  expect(shares["on-time"]).toMatchObject({ of: 0, share: null, interval: null });
});

import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { correctSla } from "../../../db/jobs/correct-sla";
import type { JudgedShare, ShareId } from "../../../db/rules/sla/judge-counts";
import { freezeOn, freezeRange } from "../../../db/sla/freeze-range";
import type { Grouping } from "../../../db/sla/groupings";
import { readCases } from "../../../db/sla/read-cases";
import { readCounts } from "../../../db/sla/read-counts";
import { readDurationCases, readShareCases } from "../../../db/sla/read-group-cases";
import { readSlaByGroup, type SlaNumbers } from "../../../db/sla/read-sla";
import type { SlaFilter } from "../../../db/sla/standing-facts";
import { summedDays } from "../../../db/sla/summed-days";
import { tellLiveFacts } from "../../../db/sla/tell-live-facts";
import { insertPlainFact } from "./plain-fact";
import { randomShift } from "./random-shifts";
import { openSlaStage, type SlaStage } from "./sla-stage";
import { worked } from "./worked";

const period = { from: "2026-01-01", until: "2026-12-31" };
const now = new Date("2026-11-22T13:00:00Z");
const groupings: Grouping[] = [
  "all",
  "day",
  "week",
  "month",
  "28 days",
  "hour",
  "client",
  "company",
  "region",
  "location",
];
const dimensions = ["client", "company", "region", "location"] as const;
const shares: ShareId[] = ["fill-rate", "on-time", "no-show", "in-geofence", "coverage", "cancelled"];
let stage: SlaStage;

beforeAll(async () => {
  stage = await openSlaStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.end());

const tell = async (filter: SlaFilter, by: Grouping) => {
  const question = { filter, period, by, targets: { late: 300, fill: 86_400.5 } };
  const cases = await readCases(stage.appDb, question);
  return {
    counts: await readCounts(stage.appDb, question),
    cases: cases
      .filter(({ value }) => Object.values(value).some(({ n }) => n > 0))
      .sort((one, other) => (one.key < other.key ? -1 : 1)),
  };
};
const isSummed = (filter: SlaFilter, by: Grouping) => summedDays({ filter, period, by }) !== null;
const sums = () => stage.app`select * from sla_sums order by dimension, key, local_date`;

/** All shifts of the stage are one company's, so that a filter by it changes the path and not the answer. */
async function compare() {
  const [company] = await stage.app<{ id: number; from: number }[]>`
    select distinct company_id::integer as id from sla_shift_facts`;
  const companyId = company?.id as number;
  const clients = await stage.app<{ id: number }[]>`select distinct client_id::integer as id from sla_shift_facts`;
  for (const by of groupings) {
    expect(isSummed({}, by)).toBe(true);
    for (const { id: clientId } of clients) {
      expect(isSummed({ companyId, clientId }, by)).toBe(false);
      expect(await tell({ clientId }, by)).toEqual(await tell({ companyId, clientId }, by));
    }
    expect(await tell({ companyId }, by)).toEqual(await tell({}, by));
  }
  const question = { filter: {}, period: { from: "2026-11-01", until: "2026-12-31" }, against: { filter: {}, period } };
  for (const by of dimensions) {
    const groups = await readSlaByGroup(stage.appDb, { ...question, by });
    for (const metric of shares) {
      const cases = await readShareCases(stage.appDb, { ...question, by, metric });
      const narrow = await readShareCases(stage.appDb, { ...question, filter: { companyId }, by, metric });
      const ofGroup = ({ key }: { key: string }) => groups.find((group) => group.key === key);
      expect(cases).toHaveLength(groups.length);
      for (const one of [...cases, ...narrow]) {
        expect(one.current).toMatchObject(casesOf(ofGroup(one)?.current?.shares[metric]));
        expect(one.previous).toMatchObject(casesOf(ofGroup(one)?.previous?.shares[metric]));
      }
    }
    for (const kind of ["fill", "late"] as const) {
      const cases = await readDurationCases(stage.appDb, { ...question, by, kind });
      const found = new Map(cases.map(({ key, ...told }) => [key, told]));
      for (const { key, current, previous } of groups) {
        const told = (numbers: SlaNumbers | null) => (numbers?.cases[kind].n ? numbers.cases[kind] : null);
        expect(found.get(key) ?? { current: null, previous: null }).toEqual({
          current: told(current),
          previous: told(previous),
        });
      }
    }
  }
}

const casesOf = (share: JudgedShare | undefined) => ({ hits: share?.hits ?? 0, of: share?.of ?? 0 });

test("sums tell what the facts tell, of frozen, corrected and live shifts of any history", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(randomShift, { minLength: 20, maxLength: 30 }), async (shifts) => {
      await stage.clear();
      await stage.play([...shifts, worked("2026-11-22T09:00:00Z"), worked("2026-11-21T22:00:00Z")]);
      await freezeOn(stage.ground, now);
      await tellLiveFacts(stage.ground, now);
      await compare();
      await stage.owner.execute(`update shifts set headcount = headcount + 1, version = version + 1 where id % 3 = 0`);
      const whole = { from: new Date("2026-01-01Z"), until: now, asOf: now };
      expect((await freezeRange(stage.ground, whole)).corrected).toBeGreaterThan(0);
      await compare();
    }),
    { numRuns: process.env.SOAK === "1" ? 40 : 1, seed: 20261123, endOnFailure: true },
  );
});

test("a client that was renamed is one row, by its newest name", async () => {
  const fact = (shift_id: number, local_date: string, client_name: string, frozen_at: string) =>
    insertPlainFact(stage.appOwner, { shift_id, client_id: 7, client_name, local_date, frozen_at });
  await fact(1, "2026-11-02", "Zonneveld", "2026-11-04T00:00Z");
  await fact(2, "2026-11-03", "Aardenburg", "2026-11-05T00:00Z");
  await fact(3, "2026-11-01", "Zonneveld", "2026-11-03T00:00Z");
  const names = async (filter: SlaFilter) =>
    (await readSlaByGroup(stage.appDb, { filter, period, by: "client" })).map(({ label, current }) => [
      label,
      current?.counts.shifts,
    ]);
  expect(await names({})).toEqual([["Aardenburg", 3]]);
  expect(await names({ clientId: 7, companyId: 1 })).toEqual([["Aardenburg", 3]]);
  expect(await names({ frozenBy: new Date("2026-11-30Z") })).toEqual([["Aardenburg", 3]]);
  expect(await names({ frozenBy: new Date("2026-11-04T12:00Z") })).toEqual([["Zonneveld", 2]]);
});

test("nobody who serves requests can change a sum, and one that was changed is told right in the night", async () => {
  await stage.play([worked("2026-11-19T09:00:00Z"), worked("2026-11-20T09:00:00Z", { checkins: [] })]);
  await freezeOn(stage.ground, now);
  const before = await sums();
  await expect(stage.app`update sla_sums set due = 0`).rejects.toThrow("permission denied");
  await expect(stage.app`delete from sla_names`).rejects.toThrow("permission denied");
  await stage.appOwner`update sla_sums set on_time = 9, durations = ''`;
  await stage.appOwner`delete from sla_sums where local_date = '2026-11-19'`;
  const { owner: operate, ground } = stage;
  await correctSla.run({ ...ground, operate, signal: new AbortController().signal, slot: now });
  expect(await sums()).toEqual(before);
  await stage.appOwner`truncate sla_sums, sla_names`;
  await stage.appOwner`select sla_sums_retell()`;
  expect(await sums()).toEqual(before);
});

test("a shift that moves to another date leaves the sums of the one before", async () => {
  await stage.play([worked("2026-11-19T09:00:00Z")]);
  await freezeOn(stage.ground, now);
  await stage.owner.execute(
    `update shifts set start_datetime = start_datetime - interval '12 hours', version = version + 1`,
  );
  await freezeRange(stage.ground, { from: new Date("2026-11-01Z"), until: now, asOf: now });
  const days = await readCounts(stage.appDb, { filter: {}, period, by: "day" });
  expect(days.map(({ key, value }) => [key, value.shifts])).toEqual([["2026-11-18", 1]]);
});

test("sums follow facts that are taken away or changed by hand", async () => {
  await stage.play([worked("2026-11-19T09:00:00Z"), worked("2026-11-20T09:00:00Z")]);
  await freezeOn(stage.ground, now);
  await stage.appOwner`update sla_shift_facts set on_time = 0 where local_date = '2026-11-20'`;
  await stage.appOwner`delete from sla_shift_facts where local_date = '2026-11-19'`;
  expect(await readCounts(stage.appDb, { filter: {}, period, by: "day" })).toMatchObject([
    { key: "2026-11-20", value: { shifts: 1, due: 1, onTime: 0 } },
  ]);
});

import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { RunContext } from "../../../db/operation";
import { makeSlaReport } from "../../../db/operations/make-sla-report";
import type { Report } from "../../../db/rules/sla/report/report";
import { freezeOn, freezeRange } from "../../../db/sla/freeze-range";
import { listReportScopes } from "../../../db/sla/report/count-unfrozen";
import { keepReport, remakeReport } from "../../../db/sla/report/keep-report";
import { listReports } from "../../../db/sla/report/list-reports";
import { frozenAfterReports } from "../../../db/sla/report/marker";
import { until } from "../../support/until";
import { openSlaStage, type SlaStage } from "./sla-stage";
import { worked } from "./worked";

const hour = 3_600_000;
const now = new Date("2026-11-24T13:00:00Z");
const later = new Date(+now + 24 * hour);
const week = { from: "2026-11-16", until: "2026-11-22" };
const silent = worked("2026-11-19T09:00:00Z", { checkins: [] });
let stage: SlaStage;
let runId: string;

beforeAll(async () => {
  stage = await openSlaStage();
  runId = randomUUID();
  await stage.appOwner`
    insert into operation_runs (id, operation, input, target, server, plan, digest, risk, exclusive_key, state)
    values (${runId}, 'make-sla-report', '{}', 'clients', 'console', '{}', '', 'low', 'sla-reports', 'queued')`;
});
beforeEach(async () => {
  await stage.clear();
  await stage.appOwner`truncate sla_reports`;
});
afterAll(() => stage.end());

const context = () => ({ console: stage.appDb, securyflex: stage.ground.securyflex });

async function make(asOf = now, id = randomUUID()) {
  const { isOver, scopes } = await listReportScopes(context(), { period: week, asOf });
  const [scope] = scopes.filter(({ clientName }) => clientName === "Hotel De Kroon");
  if (!scope) throw new Error("Nothing is frozen of the client.");
  const asked = { id, runId, scope, isOver, period: week, isSent: false, asOf };
  return stage.appDb.transaction((transaction) => keepReport(transaction, stage.appDb, asked));
}

const told = ({ document }: { document: string }) => JSON.parse(document) as Report;
const retellAll = (asOf: Date) => freezeRange(stage.ground, { from: new Date("2026-11-01Z"), until: later, asOf });

async function arriveLate(shiftId: number | undefined) {
  await stage.owner.execute(`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
    values (${shiftId}, ${stage.guards[0]}, 'in', 'SRID=4326;POINT(4.8926 52.3731)', 5, true, '2026-11-19 09:03+00')`);
}

test("a report comes out the same to the byte when it is made again, and a correction is told in the next", async () => {
  const [id] = await stage.play([silent, worked("2026-11-18T09:00:00Z"), worked("2026-11-11T09:00:00Z")]);
  await freezeOn(stage.ground, now);
  const first = await make();
  expect(first).toMatchObject({ kind: "weekly", isFinal: true, unfrozenShifts: 0, clientName: "Hotel De Kroon" });
  expect(told(first)).toMatchObject({
    current: {
      counts: { shifts: 2 },
      shares: { "no-show": { hits: 1, of: 2, words: "1 of 2" } },
      cases: { late: { p90: "never" } },
    },
    previous: { counts: { shifts: 1 } },
    locations: [{ shifts: 2 }],
    worstShifts: [{ shiftId: id, noShow: 1 }],
    ...{ corrections: [], correctionCount: 0, addedSinceFirst: 0 },
  });
  expect(await remakeReport(stage.appDb, first)).toEqual({
    document: first.document,
    digest: first.digest,
    sizeBytes: first.sizeBytes,
  });

  await arriveLate(id);
  await stage.play([worked("2026-11-20T09:00:00Z")]);
  expect(await retellAll(later)).toMatchObject({ corrected: 1, frozen: 1 });
  expect((await remakeReport(stage.appDb, first)).document).toBe(first.document);

  const second = await make(later);
  expect(told(second)).toMatchObject({
    firstAsOf: first.factsAsOf.toISOString(),
    current: { shares: { "no-show": { hits: 0, of: 3 } } },
    addedSinceFirst: 1,
    correctionCount: 1,
    corrections: [
      {
        ...{ shiftId: id, localDate: "2026-11-19", correctedAt: later.toISOString(), isSinceFirst: true },
        reason: "1 check-in came in after its numbers were frozen.",
        changes: ["on time 0, then 1", "no-shows 1, then 0", "confirmed minutes 0, then 15"],
      },
    ],
  });
  expect((await remakeReport(stage.appDb, second)).document).toBe(second.document);
  expect((await remakeReport(stage.appDb, first)).document).toBe(first.document);
});

test("a report holds the numbers against the targets that were set when it was made", async () => {
  await stage.play([silent, worked("2026-11-18T09:00:00Z")]);
  const lastDay = new Date("2026-11-22T13:00:00Z");
  await freezeOn(stage.ground, lastDay);
  const first = await make(lastDay);
  expect(told(first).targets).toContainEqual({ metric: "on-time", text: "at least 95 %", verdict: "missed" });
  await stage.appOwner`
    insert into staff (email, full_name, role, password_hash)
    values ('targets@securyflex.example', 'Anouk', 'manager', 'x') on conflict do nothing`;
  await stage.appOwner`
    insert into sla_targets (client_id, metric, ratio, valid_from, set_by, reason, set_at)
    select ${first.clientId}, 'on-time', 0.5, ${first.untilOn}, id, 'Agreed', ${new Date(+first.factsAsOf + 1000)}
    from staff where email = 'targets@securyflex.example'`;
  expect((await remakeReport(stage.appDb, first)).document).toBe(first.document);
  const second = await make(new Date(+first.factsAsOf + 2000), randomUUID());
  expect(told(second).targets).toContainEqual({ metric: "on-time", text: "at least 50 %", verdict: "met" });
  await stage.appOwner`delete from sla_targets where set_by is not null`;
});

test("what is frozen with the clock of before a report still counts as frozen after it", async () => {
  const [id] = await stage.play([silent]);
  await freezeOn(stage.ground, now);
  const report = await make(later);
  await arriveLate(id);
  expect(await retellAll(now)).toMatchObject({ corrected: 1 });
  expect((await remakeReport(stage.appDb, report)).document).toBe(report.document);
  expect(told(await make(later, randomUUID())).corrections).toEqual([]);
  expect(told(await make(new Date(+later + hour))).corrections).toHaveLength(1);
});

test("a report waits for what is being frozen at that moment", async () => {
  await stage.play([silent]);
  await freezeOn(stage.ground, now);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const freezing = stage.app.begin(async (transaction) => {
    await frozenAfterReports(transaction as never, now);
    await transaction`
      insert into sla_shift_facts
      select copy.* from sla_shift_facts as fact, lateral jsonb_populate_record(fact, '{"shift_id": 77}') as copy`;
    await held;
  });
  const isWaiting = async () =>
    (await stage.appOwner`select from pg_locks where locktype = 'advisory' and not granted`).length > 0;
  const making = make();
  await until(isWaiting);
  release();
  await freezing;
  const report = await making;
  expect(told(report).current?.counts.shifts).toBe(2);
  expect((await remakeReport(stage.appDb, report)).document).toBe(report.document);
});

test("only frozen shifts are in a report, which says how many are not and is not final then", async () => {
  await stage.play([worked("2026-11-18T09:00:00Z"), worked("2026-11-22T20:00:00Z")]);
  const monday = new Date("2026-11-23T05:00:00Z");
  await freezeOn(stage.ground, monday);
  const provisional = await make(monday);
  expect(provisional).toMatchObject({ isFinal: false, unfrozenShifts: 1 });
  expect(told(provisional)).toMatchObject({ unfrozenShifts: 1, current: { counts: { shifts: 1, liveShifts: 0 } } });
  await freezeOn(stage.ground, later);
  expect(await make(later)).toMatchObject({ isFinal: true, unfrozenShifts: 0 });
});

test("nobody who serves requests can change a report; the same one is kept once", async () => {
  await stage.play([silent]);
  await freezeOn(stage.ground, now);
  const id = randomUUID();
  const [one, other] = [await make(now, id), await make(later, id)];
  expect(other).toEqual(one);
  expect(await listReports(stage.appDb)).toHaveLength(1);
  await expect(stage.app`update sla_reports set document = '{}'`).rejects.toThrow("permission denied");
  await expect(stage.app`delete from sla_reports`).rejects.toThrow("permission denied");
});

test("somebody makes the report of one client or of each, and is told what it rests on and why not", async () => {
  const plan = (input: Record<string, unknown>) => makeSlaReport.plan(context(), { ...week, ...input });
  expect((await plan({})).refusals.join()).toContain("no shift of it is frozen");
  await stage.play([
    worked("2026-11-18T09:00:00Z"),
    worked("2026-11-18T09:00:00Z", { zone: "America/Kralendijk" }),
    worked("2026-11-22T20:00:00Z", { end: Date.parse("2026-12-20T20:00:00Z") }),
  ]);
  await freezeOn(stage.ground, now);
  const { summary, consequences, refusals } = await plan({});
  expect([summary, consequences, refusals]).toEqual([
    "Makes the report of 2026-11-16 to 2026-11-22 for each of 2 clients.",
    [
      "It rests on 2 frozen shifts; what is corrected later does not change it.",
      "1 shift is not frozen yet: the report is not final and says so.",
      "It stays in the console.",
    ],
    [],
  ]);
  const unmeant: Record<string, string>[] = [
    { from: "2026-11-23" },
    { from: "2020-01-01" },
    { client: "-1" },
    { until: "soon" },
  ];
  for (const input of unmeant)
    expect(makeSlaReport.readInput({ ...week, ...input }), JSON.stringify(input)).toHaveProperty("complaint");
  const run = {
    ...context(),
    ...{ runId, signal: new AbortController().signal, reach: () => {}, progress: async () => {} },
    write: (work: Parameters<RunContext["write"]>[0]) => stage.appDb.transaction(work),
  } as unknown as RunContext;
  const outcome = await makeSlaReport.run(run, await plan({}), week);
  expect(outcome.summary).toBe("2 reports are kept, of 2026-11-16 to 2026-11-22.");
  expect(outcome.proof.map(({ label, after }) => [label, after.split(",")[0]])).toEqual([
    ["Hotel De Kroon", "not final"],
    ["Rijk Kralendijk", "final"],
  ]);
  await makeSlaReport.run(run, await plan({}), week);
  expect(await listReports(stage.appDb)).toHaveLength(2);
});

import { afterAll, beforeAll, expect, test } from "vitest";

import { localDate } from "../../../db/rules/shifts/start-of-day";
import { addDays } from "../../../db/rules/sla/period";
import { readTargetSpans, readTargets } from "../../../db/sla/read-targets";
import { openSlaStage, type SlaStage } from "./sla-stage";

const today = localDate(new Date(), "Europe/Amsterdam");
const nextWeek = addDays(today, 7);
let stage: SlaStage;
let staffId: string;

beforeAll(async () => {
  stage = await openSlaStage();
  const [row] = await stage.appOwner<{ id: string }[]>`
    insert into staff (email, full_name, role, password_hash) values ('m@b.nl', 'M', 'manager', 'x') returning id`;
  staffId = row?.id as string;
});
afterAll(() => stage.end());

const set = (validFrom: string, clientId: number | null = 7) => stage.app`
  insert into sla_targets (client_id, metric, ratio, valid_from, set_by, reason)
  values (${clientId}, 'on-time', 0.9, ${validFrom}, ${staffId}, 'New contract')`;

test("the house has its standards from the beginning, and what it did not set has no target", async () => {
  const targets = await readTargets(stage.appDb, { at: "2026-03-01" });
  expect(Object.fromEntries([...targets].map(([metric, { ratio }]) => [metric, ratio]))).toEqual({
    "fill-rate": 0.98,
    "on-time": 0.95,
    "no-show": 0.01,
    coverage: 0.98,
    "in-geofence": 0.95,
    acknowledge: 0.9,
  });
  expect(targets.get("acknowledge")?.targetSeconds).toBe(300);
});

test("a client's target holds from its date for that client alone", async () => {
  await set(nextWeek);
  const onTime = async (clientId: number, at: string) =>
    (await readTargets(stage.appDb, { clientId, at })).get("on-time");
  expect(await onTime(7, addDays(nextWeek, -1))).toMatchObject({ clientId: null, ratio: 0.95 });
  expect(await onTime(7, nextWeek)).toMatchObject({ clientId: 7, ratio: 0.9 });
  expect(await onTime(8, nextWeek)).toMatchObject({ clientId: null, ratio: 0.95 });
  const period = { from: today, until: addDays(nextWeek, 3) };
  const spans = await readTargetSpans(stage.appDb, { clientId: 7, period });
  expect(spans.get("on-time")).toMatchObject([
    { from: today, until: addDays(nextWeek, -1), target: { ratio: 0.95 } },
    { from: nextWeek, until: period.until, target: { ratio: 0.9 } },
  ]);
});

test("no target is set for a past day, changed, taken away or passed off as a standard of the house", async () => {
  await expect(set(addDays(today, -2))).rejects.toThrow("past_stands");
  await expect(stage.app`update sla_targets set ratio = 0.5`).rejects.toThrow("permission denied");
  await expect(stage.app`delete from sla_targets`).rejects.toThrow("permission denied");
  await expect(stage.app`
    insert into sla_targets (metric, ratio, valid_from, reason, set_by, set_at)
    values ('on-time', 0.9, '2020-01-01', 'Backdated', ${staffId}, '2020-01-01')`).rejects.toThrow("permission denied");
  await expect(stage.app`
    insert into sla_targets (metric, ratio, valid_from, reason) values ('on-time', 0.5, '2020-01-01', 'x')`).rejects.toThrow(
    "sla_targets_standard_idx",
  );
});

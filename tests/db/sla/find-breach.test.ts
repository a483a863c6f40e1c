import { afterAll, beforeAll, expect, test } from "vitest";

import { type BreachFacts, breachMoment } from "../../../db/rules/sla/breach-moment";
import type { MetricId } from "../../../db/rules/sla/definitions";
import { findBreach } from "../../../db/sla/find-breach";
import { freezeOn } from "../../../db/sla/freeze-range";
import { findSlaShift } from "../../../db/sla/list-sla-shifts";
import { openSlaStage, type SlaStage } from "./sla-stage";
import { worked } from "./worked";

const hour = 3_600_000;
const start = "2026-11-10T08:00:00Z";
const startAt = Date.parse(start);
let stage: SlaStage;
let ids: number[];

beforeAll(async () => {
  stage = await openSlaStage();
  const { checkins, end } = worked(start);
  ids = await stage.play([
    worked(start, {
      // Outside by 300 m from the second hour on for three quarters of one, signed off from the fourth to the fifth.
      checkins: checkins.flatMap((one, index) => {
        if (index >= 8 && index < 11) return [{ ...one, metres: 350 }];
        if (index === 16) return [{ ...one, kind: "out" as const }];
        if (index > 16 && index < 20) return [];
        return [index === 20 ? { ...one, kind: "in" as const } : one];
      }),
      incidents: [
        { reported: startAt + hour, acknowledged: startAt + hour + 60_000, onScene: null },
        { reported: startAt + 3 * hour, acknowledged: null, onScene: startAt + 4 * hour },
      ],
      assignments: [
        { guard: 0, began: startAt - hour, ended: end - 2 * hour },
        { guard: 1, began: end - 2 * hour, ended: null },
      ],
    }),
    worked("2026-11-11T08:00:00Z"),
  ]);
  await freezeOn(stage.ground, new Date("2026-11-22T13:00:00Z"));
});
afterAll(() => stage?.end());

const breach = async (metric: MetricId, shift = 0) => {
  const ground = { securyflex: stage.ground.securyflex, console: stage.appDb };
  const found = await findBreach(ground, { metric, shiftId: ids[shift] as number });
  return found && (+found - startAt) / hour;
};

test("the board opens at the first check-in outside, the first gap, the incident that waited longest, the first need", async () => {
  expect(await breach("in-geofence")).toBe(2);
  expect(await breach("coverage")).toBe(2);
  expect(await breach("acknowledge")).toBe(3);
  expect(await breach("on-scene")).toBe(1);
  expect([await breach("refill"), await breach("arrive")]).toEqual([6, 6]);
});

test("where nothing of it is on record there is no such moment", async () => {
  for (const metric of ["in-geofence", "acknowledge", "refill", "fill-rate"] as const) {
    expect([metric, await breach(metric, 1)]).toEqual([metric, null]);
  }
  expect(await findSlaShift(stage.appDb, 987_654)).toBeUndefined();
  const facts = (await findSlaShift(stage.appDb, ids[0] as number)) as BreachFacts;
  expect(facts).toMatchObject({ startAt: startAt / 1000, noticeSeconds: null, isLive: false, outside: 3 });
  expect([breachMoment("coverage", facts).at, breachMoment("in-geofence", facts).at]).toEqual([null, null]);
});

import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { judgeFence } from "../../../db/rules/sla/judge-fence";
import { type MeasuredFence, measureFences } from "../../../db/sla/measure-fences";
import { openSlaStage, type SlaStage } from "./sla-stage";
import { worked } from "./worked";

const asOf = new Date("2026-11-22T13:00:00Z");
let stage: SlaStage;

beforeAll(async () => {
  stage = await openSlaStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.end());

/** As if a third guard had stood there too. */
const judgeOf = (fence: MeasuredFence | undefined) =>
  judgeFence({ ...(fence as MeasuredFence), guardCount: (fence as MeasuredFence).guardCount + 1 });

/** Both guards once, each at `metres` north of the pin and up to 30 m around it. */
async function measure(metres: number) {
  const ids = await stage.play(
    ([0, 1] as const).map((guard, day) => {
      const shift = worked(`2026-11-1${6 + day}T09:00:00Z`, {
        assignments: [{ guard, began: Date.parse("2026-11-01T09:00:00Z"), ended: null }],
      });
      const scattered = shift.checkins.map((checkin, index) => ({
        ...checkin,
        guard,
        metres: metres + 30 * Math.sin(index),
        accuracy: 8,
      }));
      const onTheWay = { ...(scattered[0] as (typeof scattered)[number]), kind: "ping" as const, metres: 5_000 };
      return { ...shift, checkins: [...scattered, { ...onTheWay, recorded: onTheWay.recorded + 1 }] };
    }),
  );
  const [row] = await stage.owner.execute<{ id: number }>(
    sql`select location_id::float8 as id from shifts where id = ${ids[0]}`,
  );
  return measureFences(stage.ground.securyflex, { locationIds: [row?.id as number], asOf });
}

test("a pin that lies 80 m south of the work is told, with the way to move it and the radius that is enough then", async () => {
  const [fence] = await measure(80);
  expect(fence).toMatchObject({ guardCount: 2, radiusMeters: 50 });
  expect(Math.abs((fence?.northMeters ?? 0) - 80)).toBeLessThan(5);
  expect(Math.abs(fence?.eastMeters ?? 99)).toBeLessThan(1);
  const advice = judgeOf(fence);
  expect(advice).toMatchObject({ verdict: "move", direction: "north" });
  expect(advice).toHaveProperty("radiusMeters", 50);
});

test("a fence around its work fits, and who is still on the way does not move it", async () => {
  const [fence] = await measure(0);
  expect(judgeOf(fence)).toEqual({ verdict: "good" });
});

test("the check-ins of two guards alone tell nothing, and a location without any is not there", async () => {
  const [fence] = await measure(80);
  expect(judgeFence(fence as MeasuredFence)).toEqual({ verdict: "too few" });
  await stage.clear();
  expect(await measureFences(stage.ground.securyflex, { locationIds: [1, 2], asOf })).toEqual([]);
  expect(await measureFences(stage.ground.securyflex, { locationIds: [], asOf })).toEqual([]);
});

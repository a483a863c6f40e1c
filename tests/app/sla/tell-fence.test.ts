import { expect, test } from "vitest";

import { tellFence } from "../../../app/sla/locations/tell-fence";
import { judgeFence } from "../../../db/rules/sla/judge-fence";

const measure = {
  checkinCount: 1_396,
  guardCount: 12,
  radiusMeters: 100,
  eastMeters: 0,
  northMeters: 80,
  neededRadiusMeters: 140,
  movedRadiusMeters: 84,
};

test("a fence is told with what to do, why, and by how much that is known", () => {
  expect(tellFence(judgeFence(measure), measure)).toBe(
    "80 m north; then 90 m are enough, not 100. 1,396 check-ins, 12 guards",
  );
  const near = { ...measure, northMeters: 8 };
  expect(tellFence(judgeFence(near), near)).toBe(
    "from 100 to 140 m: a tenth cannot be proven inside. 1,396 check-ins, 12 guards",
  );
  const alone = { ...measure, guardCount: 1 };
  expect(tellFence(judgeFence(alone), alone)).toBe("1,396 check-ins, 1 guard");
});

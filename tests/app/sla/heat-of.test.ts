import { expect, test } from "vitest";

import { heatOf } from "../../../app/sla/hours/heat-of";
import { judgeShare } from "../../../db/rules/sla/judge-share";

const [good, middle, bad, few, none] = [
  judgeShare({ hits: 100, of: 100 }),
  judgeShare({ hits: 90, of: 100 }),
  judgeShare({ hits: 80, of: 100 }),
  judgeShare({ hits: 0, of: 3 }),
  judgeShare({ hits: 0, of: 0 }),
];
const strengthOf = (shade: string | undefined) => Number(shade?.match(/(\d+)%/)?.[1]);

test("the worst of those with enough cases has the strongest shade; few cases and none have no shade", () => {
  const heat = heatOf([good, middle, bad, few, none], { isLowerBetter: false });
  expect([good, middle, bad].map((share) => strengthOf(heat(share)))).toEqual([0, 19, 38]);
  expect([few, none].map(heat)).toEqual([undefined, undefined]);
});

test("where lower is better the highest is the worst, and where all are equal nothing stands out", () => {
  const heat = heatOf([good, bad], { isLowerBetter: true });
  expect(strengthOf(heat(good))).toBeGreaterThan(strengthOf(heat(bad)));
  expect(heatOf([good, good], { isLowerBetter: true })(good)).toBeUndefined();
});

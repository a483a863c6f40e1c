import { expect, test } from "vitest";

import { judgeChange, judgeLonger } from "../../../db/rules/sla/judge-change";
import { judgeShare } from "../../../db/rules/sla/judge-share";

const of = (hits: number, count: number) => judgeShare({ hits, of: count });
const higher = { isLowerBetter: false };

test("a share that fell is worse, one that nobody wants is better", () => {
  expect(judgeChange(of(800, 1000), of(900, 1000), higher)).toEqual({
    points: expect.closeTo(-10),
    direction: "worse",
    doubt: null,
  });
  expect(judgeChange(of(800, 1000), of(900, 1000), { isLowerBetter: true })?.direction).toBe("better");
});

test("the same difference of few cases may be chance", () => {
  expect(judgeChange(of(24, 30), of(27, 30), higher)?.doubt).toBe("chance");
  // Newcombe (1998), method 10, of 56/70 and 48/80: the interval is 0.0524 to 0.3339.
  expect(judgeChange(of(56, 70), of(48, 80), higher)?.doubt).toBeNull();
  expect(judgeChange(of(52, 70), of(48, 80), higher)?.doubt).toBe("chance");
});

test("a difference that reads as 0.0 points is none", () => {
  expect(judgeChange(of(9004, 10_000), of(9000, 10_000), higher)?.direction).toBe("same");
});

test("under 20 cases, and of nothing, points say nothing", () => {
  expect(judgeChange(of(17, 18), of(900, 1000), higher)).toBeNull();
  expect(judgeChange(of(900, 1000), of(0, 0), higher)).toBeNull();
});

test("time is no sample: a change of it is doubted only within what is uncertain", () => {
  const time = (share: number, high: number) => ({
    ...of(800, 1000),
    share,
    low: share,
    high,
    interval: null,
    words: null,
  });
  expect(judgeChange(time(0.8, 0.8), time(0.7, 0.7), higher)).toMatchObject({ direction: "better", doubt: null });
  expect(judgeChange(time(0.8, 0.9), time(0.7, 0.9), higher)).toMatchObject({
    direction: "better",
    doubt: "uncertainty",
  });
});

test("never is longer than any duration", () => {
  expect(judgeLonger(Number.POSITIVE_INFINITY, 60)).toBe("worse");
  expect(judgeLonger(60, Number.POSITIVE_INFINITY)).toBe("better");
  expect(judgeLonger(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe("same");
  expect(judgeLonger(60, null)).toBeNull();
});

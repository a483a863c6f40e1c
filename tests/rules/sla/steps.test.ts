import { expect, test } from "vitest";

import { stepsOf } from "../../../db/rules/sla/steps";

test("days, weeks from Monday, months and blocks of 28 days cover the period without a hole", () => {
  const period = { from: "2026-10-22", until: "2026-11-04" };
  expect(stepsOf(period, "day")).toHaveLength(14);
  expect(stepsOf(period, "week")).toEqual(["2026-10-19", "2026-10-26", "2026-11-02"]);
  expect(stepsOf(period, "month")).toEqual(["2026-10-01", "2026-11-01"]);
  expect(stepsOf(period, "28 days")).toEqual(["2026-10-08"]);
  expect(stepsOf({ from: "2026-01-01", until: "2026-12-31" }, "month")).toHaveLength(12);
  expect(stepsOf({ from: "2026-10-08", until: "2026-12-02" }, "28 days")).toEqual(["2026-10-08", "2026-11-05"]);
});

test("the nights on which clocks change are a day each", () => {
  expect(stepsOf({ from: "2026-10-24", until: "2026-10-26" }, "day")).toEqual([
    "2026-10-24",
    "2026-10-25",
    "2026-10-26",
  ]);
  expect(stepsOf({ from: "2026-03-29", until: "2026-03-30" }, "week")).toEqual(["2026-03-23", "2026-03-30"]);
});

import { expect, test } from "vitest";

import { tellContribution } from "../../../app/sla/shifts/tell-contribution";
import type { SlaShift } from "../../../db/sla/list-sla-shifts";

const shift = {
  headcount: 2,
  filledSlots: 1,
  due: 2,
  onTime: 0,
  onTimeUncertain: 1,
  noShow: 1,
  noShowUncertain: 0,
  lateSeconds: [0, null],
  inside: 1_204,
  outside: 3,
  uncertain: 0,
  plannedSeconds: 28_800,
  confirmedSeconds: 25_200,
  assumedSeconds: 1_800,
  unobservedSeconds: 0,
  cancelledBy: "guard",
  noticeSeconds: -600,
  fillSeconds: [7_200],
  refillSeconds: [null, 1_500],
  acknowledgeSeconds: [],
} as unknown as SlaShift;

test.each([
  ["fill-rate", "1 of 2 filled"],
  ["on-time", "1 of 2 on time, 1 of them uncertain, never came"],
  ["no-show", "1 of 2 never came in time"],
  ["in-geofence", "1,204 inside, 3 outside"],
  ["coverage", "7 h of 8 h confirmed, 30 min assumed, 30 min absent"],
  ["cancelled", "by the guard, 10 min after the start"],
  ["fill", "2 h"],
  ["refill", "never, 25 min"],
  ["acknowledge", "no case"],
] as const)("what a shift brought into %s is %s", (metric, words) => {
  expect(tellContribution(metric, shift)).toBe(words);
});

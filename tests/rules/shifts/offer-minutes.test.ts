import { expect, test } from "vitest";

import { suggestOfferMinutes } from "../../../db/rules/shifts/offer-minutes";

const asOf = new Date("2026-11-23T12:00:00Z");

test.each([
  ["a shift of tomorrow", 24 * 60, 20, 60],
  ["two hours ahead, twenty minutes away", 120, 20, 50],
  ["an hour ahead, forty minutes away", 60, 40, 10],
  ["one whose way is unknown", 60, null, 30],
  ["a minute before the point of no return", 21, 20, 5],
  ["one that nobody reaches in time any more", -40, 20, 5],
])("%s is offered for half of what is left", (_, aheadMinutes, travelMinutes, minutes) => {
  const startAt = new Date(+asOf + aheadMinutes * 60_000);
  const travelSeconds = travelMinutes === null ? null : travelMinutes * 60;
  expect(suggestOfferMinutes({ startAt, travelSeconds }, asOf)).toBe(minutes);
});

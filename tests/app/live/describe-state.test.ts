import { expect, test } from "vitest";

import { judgeBoard } from "../../../app/live/board";
import { explainState, explainVerdict } from "../../../app/live/describe-state";
import type { WatchedShift } from "../../../db/rules/live/live-state";
import { boardShift, minutesFromNow, now, sighting } from "./board-shift";

const came = { arrivedAt: minutesFromNow(-61) };

test.each<[Partial<WatchedShift & { incident: string; guardName: null }>, string]>([
  [
    { openIncidentAt: minutesFromNow(-4), incident: "Break-in" },
    "Break-in: reported at 13:56 CET, and nobody has acknowledged it.",
  ],
  [{}, "René Çelik was due at 13:00 CET and has not checked in."],
  [{ startAt: minutesFromNow(-12) }, "René Çelik was due at 13:48 CET and has not checked in yet."],
  [{ isAssigned: false, guardName: null }, "The shift began at 13:00 CET and nobody is assigned."],
  [
    { ...came, presence: { last: sighting(-1, "outside"), leftAt: minutesFromNow(-9) } },
    "René Çelik left the post at 13:51 CET: several positions in a row lie more than 70 m from its centre.",
  ],
  [
    { ...came, presence: { last: sighting(-40, "inside"), leftAt: null } },
    "René Çelik has been silent since 13:20 CET. A phone reports every 5 min; after 15 min its position is unknown.",
  ],
  [
    { ...came, presence: { last: sighting(-1, "inside"), leftAt: null } },
    "René Çelik arrived at 12:59 CET and the last position lies inside the fence.",
  ],
])("a shift says why it is in its state", (values, sentence) => {
  const [judged] = judgeBoard([boardShift(1, values)], now);
  expect(judged && explainState(judged, now)).toBe(sentence);
});

test.each([
  ["inside", 12, 5, "12 m from the centre ± 5 m is within the fence of 50 m."],
  ["outside", 90, 5, "90 m from the centre ± 5 m is outside the fence of 50 m."],
  ["uncertain", 48, 5, "48 m from the centre ± 5 m reaches over the fence of 50 m."],
  ["uncertain", 12, null, "12 m from the centre, but the phone gave no accuracy, so nothing is proven."],
] as const)("a verdict says why: %s", (verdict, distanceMeters, accuracyMeters, sentence) => {
  expect(explainVerdict({ verdict, distanceMeters, accuracyMeters }, 50)).toBe(sentence);
});

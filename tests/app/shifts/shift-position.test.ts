import fc from "fast-check";
import { expect, test } from "vitest";

import { readPosition, writePosition } from "../../../app/shifts/shift-position.server";
import { shiftSorts } from "../../../db/shifts/shift-order";

const startAt = "2026-11-22T07:00:00.000001Z";
const sortBy = (by: (typeof shiftSorts)[number]) => ({ by, isDescending: false });

test("a position comes back from the URL as it was, also with a name of any letters", () => {
  const ofGuard = { stretch: 0, key: "Zoë “de Boer” ☂", startAt, id: 7 };
  expect(readPosition(writePosition(ofGuard), sortBy("guard"))).toEqual(ofGuard);
  const ofStatus = { stretch: 4, key: null, startAt, id: 7 };
  expect(readPosition(writePosition(ofStatus), sortBy("status"))).toEqual(ofStatus);
  const ofEnd = { stretch: 0, key: "2026-11-22T15:00:00.000000Z", startAt, id: 7 };
  expect(readPosition(writePosition(ofEnd), sortBy("end"))).toEqual(ofEnd);
});

test("a position of another order, a day that is not and any other word are no position", () => {
  const position = { stretch: 0, key: null, startAt, id: 7 };
  expect(readPosition(writePosition(position), sortBy("guard"))).toBeUndefined();
  expect(readPosition(writePosition({ ...position, stretch: 1 }), sortBy("start"))).toBeUndefined();
  expect(readPosition(writePosition({ ...position, key: "soon" }), sortBy("end"))).toBeUndefined();
  expect(readPosition(writePosition({ ...position, key: "1e9" }), sortBy("rate"))).toBeUndefined();
  for (const wrong of ["2026-02-30T07:00:00.000000Z", "0000-01-01T07:00:00.000000Z", "2026-11-22"]) {
    expect(readPosition(writePosition({ ...position, startAt: wrong }), sortBy("start")), wrong).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...shiftSorts), (text, by) => {
      const word = Buffer.from(text).toString("base64url");
      expect(readPosition(text, sortBy(by)) ?? readPosition(word, sortBy(by))).toBeUndefined();
    }),
  );
});

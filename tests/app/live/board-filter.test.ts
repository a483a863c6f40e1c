import fc from "fast-check";
import { expect, test } from "vitest";

import { changeSearch, matchesPlaceAndText, readBoardFilter, readSelection } from "../../../app/live/board-filter";
import { shiftStates } from "../../../db/rules/live/shift-states";
import { boardShift } from "./board-shift";

const filterOf = (search: string) => readBoardFilter(new URLSearchParams(search));

test.each(["rene", "RENÉ celik", "kroon", "amsterdam desk", "vesting", "#42", ""])("%o finds the shift", (text) => {
  expect(matchesPlaceAndText(boardShift(42), { states: new Set(), region: null, text })).toBe(true);
});

test.each(["#43", "rotterdam", "rene rotterdam"])("%o does not find it", (text) => {
  expect(matchesPlaceAndText(boardShift(42), { states: new Set(), region: null, text })).toBe(false);
});

test("a region leaves out the others", () => {
  expect(matchesPlaceAndText(boardShift(42), filterOf("region=Noord-Holland"))).toBe(true);
  expect(matchesPlaceAndText(boardShift(42), filterOf("region=Utrecht"))).toBe(false);
});

test("states that do not exist are not asked for", () => {
  expect(filterOf("state=late,nonsense,,on-post").states).toEqual(new Set(["late", "on-post"]));
});

test.each([
  ["42", 42],
  ["0", null],
  ["-1", null],
  ["4e2", null],
  ["1' or 1=1", null],
  ["", null],
])("?shift=%s selects %s", (asked, selected) => {
  expect(readSelection(new URLSearchParams({ shift: asked }))).toBe(selected);
});

test("what is asked for is what the URL brings back", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...shiftStates)),
      fc.option(fc.string({ minLength: 1 }), { nil: null }),
      fc.string(),
      fc.option(fc.integer({ min: 1 }), { nil: null }),
      (states, region, text, shiftId) => {
        const search = changeSearch(new URLSearchParams("other=stays"), {
          states: new Set(states),
          region,
          text,
          shiftId,
        });
        const read = new URLSearchParams(search.toString());
        expect(readBoardFilter(read)).toEqual({ states: new Set(states), region, text });
        expect(readSelection(read)).toBe(shiftId);
        expect(read.get("other")).toBe("stays");
      },
    ),
  );
});

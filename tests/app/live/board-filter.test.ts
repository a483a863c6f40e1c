import fc from "fast-check";
import { expect, test } from "vitest";

import {
  changeSearch,
  compileFilter,
  listFilterParts,
  readBoardFilter,
  readSelection,
  readShiftNumber,
} from "../../../app/live/board-filter";
import { judgeShift } from "../../../app/live/judge-shift";
import { shiftStates } from "../../../db/rules/live/shift-states";
import { boardShift, now } from "./board-shift";

const filterOf = (search: string) => readBoardFilter(new URLSearchParams(search));
const seat = boardShift(42);
const passes = (search: string, distances: ReadonlyMap<number, number> | null = null) =>
  compileFilter(filterOf(search), distances)(judgeShift(seat, now));

test.each(["rene", "RENÉ celik", "kroon", "amsterdam desk", "vesting", "#42", "42", "42 kroon", ""])(
  "%o finds the shift",
  (text) => {
    expect(passes(`${new URLSearchParams({ q: text })}`)).toBe(true);
  },
);

test.each(["#43", "#4", "4", "rotterdam", "rene rotterdam", "#"])("%o does not find it", (text) => {
  expect(passes(`${new URLSearchParams({ q: text })}`)).toBe(false);
});

test("a number that is part of a name finds it; with # it is the number of a shift alone", () => {
  const gate = judgeShift(boardShift(7, { location: { ...seat.location, name: "Gate 42" } }), now);
  expect(compileFilter(filterOf("q=42"), null)(gate)).toBe(true);
  expect(compileFilter(filterOf("q=%2342"), null)(gate)).toBe(false);
});

test.each([
  ["region=Noord-Holland", true],
  ["region=Utrecht", false],
  ["client=Hotel+De+Kroon", true],
  ["client=Museum", false],
  ["state=no-show", true],
  ["state=late,on-post", false],
  ["state=no-show&region=Noord-Holland&client=Hotel+De+Kroon&q=dam", true],
])("?%s passes: %s", (search, expected) => {
  expect(passes(search)).toBe(expected);
});

test("near a place only what lies within passes; while nothing is measured everything does", () => {
  expect(passes("near=4.9,52.4", new Map([[42, 120]]))).toBe(true);
  expect(passes("near=4.9,52.4", new Map([[43, 120]]))).toBe(false);
  expect(passes("near=4.9,52.4", null)).toBe(true);
});

test("each part can be left out, so that its choices can be counted", () => {
  const search = "state=late&region=Utrecht&client=Museum&q=nobody&near=4.9,52.4";
  const filter = filterOf(search);
  expect(listFilterParts(filter)).toEqual(["state", "region", "client", "text", "near"]);
  expect(listFilterParts(filterOf("q=++&shift=4&layers=density"))).toEqual([]);
  const judged = judgeShift(seat, now);
  expect(compileFilter(filterOf("region=Utrecht"), null)(judged, "region")).toBe(true);
  expect(compileFilter(filterOf("q=nobody"), null)(judged, "text")).toBe(true);
  expect(compileFilter(filterOf("near=4,52"), new Map())(judged, "near")).toBe(true);
  expect(compileFilter(filterOf("q=nobody&client=Museum"), null)(judged, "text")).toBe(false);
});

test.each([
  ["42", 42],
  [" #42 ", 42],
  ["#", null],
  ["4 2", null],
  ["42b", null],
  ["9999999999999999999", null],
])("%o asks for shift %s alone", (text, id) => {
  expect(readShiftNumber(text)).toBe(id);
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
      fc.option(fc.string({ minLength: 1 }), { nil: null }),
      fc.option(fc.constantFrom("4.9,52.4", "guard:7"), { nil: null }),
      fc.option(fc.integer({ min: 1 }), { nil: null }),
      (states, region, text, client, near, shiftId) => {
        const radius = near === null ? "" : "500";
        const asked = { states: new Set(states), region, client, text, near, radius };
        const search = changeSearch(new URLSearchParams("other=stays&radius=9"), { ...asked, shiftId });
        const read = new URLSearchParams(search.toString());
        expect(readBoardFilter(read)).toEqual(asked);
        expect(readSelection(read)).toBe(shiftId);
        expect(read.get("other")).toBe("stays");
      },
    ),
  );
});

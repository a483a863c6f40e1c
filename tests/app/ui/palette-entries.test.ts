import { expect, test } from "vitest";

import { roomsFor } from "../../../app/auth/rooms";
import { searchPalette } from "../../../app/ui/shell/palette-entries";

const labels = (role: "ops" | "dba", query: string) => searchPalette(roomsFor(role), query).map(({ label }) => label);

test("without a query the palette offers the rooms of the role, then account and console", () => {
  expect(labels("dba", "")).toEqual([
    "Database",
    "Operations",
    "Audit",
    "Account and sessions",
    "Sign out",
    "Theme: follow the system",
    "Theme: light",
    "Theme: dark",
    "Keyboard shortcuts",
  ]);
});

test("each word is looked for at the beginning of a word", () => {
  expect(labels("ops", "da")).toEqual(["Theme: dark"]);
  expect(labels("dba", "dA")).toEqual(["Database", "Theme: dark"]);
  expect(labels("ops", "theme li")).toEqual(["Theme: light"]);
  expect(labels("ops", "atabase")).toEqual([]);
});

test.each(["4711", "#4711", "shift 4711", " 4711 "])("%s opens the shift for those who see shifts", (query) => {
  expect(labels("ops", query)).toEqual(["Open shift 4711"]);
  expect(labels("dba", query)).toEqual([]);
});

test("a number no shift can have opens nothing", () => {
  expect(labels("ops", "4711000000000000")).toEqual([]);
});

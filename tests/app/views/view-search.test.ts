import fc from "fast-check";
import { expect, test } from "vitest";

import {
  applyView,
  longestName,
  longestSearch,
  refuseName,
  refuseSearch,
  toViewSearch,
  viewParameters,
  viewRooms,
} from "../../../app/views/view-search";

const viewOf = (search: string) => toViewSearch("live", new URLSearchParams(search));

test("a view holds the filters, in one order, and neither the moment nor the selection", () => {
  expect(viewOf("shift=4&region=Utrecht&at=2026-11-21T13:05:00Z&state=late&map=8/52/5&q=")).toBe(
    "state=late&region=Utrecht",
  );
  expect(viewOf("region=Utrecht&state=late")).toBe(viewOf("state=late&region=Utrecht"));
});

test("applying a view keeps the moment and the selection and drops the other filters", () => {
  const search = new URLSearchParams("client=Museum&shift=4&at=2026-11-21T13:05:00Z&view=https://evil.example");
  expect(applyView("live", "state=late", search)).toBe("/live?state=late&at=2026-11-21T13%3A05%3A00Z&shift=4");
  expect(applyView("shifts", "status=active", new URLSearchParams("page=9&text=x"))).toBe("/shifts?status=active");
});

test("a view leads to its room and nowhere else, whatever it holds", () => {
  fc.assert(
    fc.property(fc.constantFrom(...viewRooms), fc.string(), fc.string(), (room, value, other) => {
      const view = toViewSearch(room, new URLSearchParams({ region: value, [other]: value }));
      const url = new URL(applyView(room, view, new URLSearchParams(other)), "https://console.example");
      expect([url.origin, url.pathname, url.hash]).toEqual(["https://console.example", `/${room}`, ""]);
      for (const name of new URLSearchParams(view).keys()) expect(viewParameters[room]).toContain(name);
    }),
  );
});

test.each([
  ["state=late", undefined],
  ["", "Nothing is filtered, so there is nothing to save."],
  ["region=", "Nothing is filtered, so there is nothing to save."],
  ["redirect=https://evil.example", "A view of this room cannot hold “redirect”."],
  ["shift=4&state=late", "A view of this room cannot hold “shift”."],
  ["at=2026-11-21T13:05:00Z", "A view of this room cannot hold “at”."],
  ["q=a%00b", "It holds a character that cannot be shown."],
  [`q=${"a".repeat(longestSearch)}`, `It asks for more than ${longestSearch} characters can say.`],
])("?%.40s is refused with: %s", (search, sentence) => {
  expect(refuseSearch("live", search)).toBe(sentence);
});

test.each([
  ["Night shift", undefined],
  ["É".repeat(longestName), undefined],
  ["", "Give the view a name."],
  ["a".repeat(longestName + 1), `A name has at most ${longestName} characters.`],
  ["a\nb", "The name holds a character that cannot be shown."],
])("the name %.20s is refused with: %s", (name, sentence) => {
  expect(refuseName(name)).toBe(sentence);
});

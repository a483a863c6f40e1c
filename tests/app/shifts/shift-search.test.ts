import { expect, test } from "vitest";

import { defaultColumns } from "../../../app/shifts/shift-columns";
import { readShiftSearch, searchWith, spanOf } from "../../../app/shifts/shift-search";

const asOf = new Date("2026-11-22T23:30:00Z");
const read = (query: string) => readShiftSearch(new URLSearchParams(query), asOf);

test("without a question the list begins today, local time, earliest first", () => {
  const search = read("");
  expect(search).toMatchObject({ statuses: [], from: "2026-11-23", until: "", columns: defaultColumns, problems: [] });
  expect(search.sort).toEqual({ by: "start", isDescending: false });
  expect(spanOf(search)).toEqual({ startsFrom: new Date("2026-11-22T23:00:00Z") });
});

test("whatever is asked for is searched in all of time; so is an emptied date", () => {
  expect(read("text=bakker")).toMatchObject({ from: "", sort: { by: "start", isDescending: true } });
  for (const query of ["status=draft", "sort=-updated", "client=3", "unassigned=1", "until=2026-11-01", "from="]) {
    expect(read(query).from, query).toBe("");
  }
  expect(read("sort=-start").from).toBe("2026-11-23");
});

test("both days of a span are part of it, also where a day has 25 hours", () => {
  expect(spanOf(read("from=2026-10-25&until=2026-10-25"))).toEqual({
    startsFrom: new Date("2026-10-24T22:00:00Z"),
    startsBefore: new Date("2026-10-25T23:00:00Z"),
  });
});

test("several states and columns are named one by one or in one word, each once and columns in their order", () => {
  expect(read("status=active&status=draft").statuses).toEqual(["draft", "active"]);
  expect(read("status=active,draft").statuses).toEqual(["draft", "active"]);
  expect(read("columns=guard,start,guard").columns).toEqual(["guard", "start"]);
  expect(read("columns=guard&columns=start").columns).toEqual(["guard", "start"]);
});

test("what the URL cannot mean is left out, and each is told in a sentence", () => {
  const search = read("status=sleeping&from=2026-02-30&until=9999-01-01&client=-1&sort=drop&columns=secret&text=a%00b");
  expect(search).toMatchObject({ statuses: [], from: "", until: "", clientId: null, text: "ab" });
  expect(search.sort.by).toBe("start");
  expect(search.problems).toEqual([
    "The table has no order by “drop”; it goes by start.",
    "There is no status “sleeping”; it was left out.",
    "“-1” is no number of a client; it was left out.",
    "“2026-02-30” is no date; “from” was left out.",
    "“9999-01-01” is not between 2000 and 2100; “until” was left out.",
    "There is no column “secret”; it was left out.",
  ]);
  expect(read(`text=${"x".repeat(1000)}`).text).toHaveLength(100);
  expect(read("from=2026-11-02&until=2026-11-01").problems).toEqual([
    "No shift can match: from 2026-11-02 is after until 2026-11-01.",
  ]);
});

test("another list begins at its first page and keeps the rest of the question", () => {
  expect(searchWith(new URLSearchParams("text=a&after=x"), { status: "draft" })).toBe("?text=a&status=draft");
  expect(searchWith(new URLSearchParams("before=x"), {})).toBe("");
});

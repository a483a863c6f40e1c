import { expect, test } from "vitest";

import { filterOf, readShiftSearch, searchAtPage } from "../../../app/shifts/shift-search";

const asOf = new Date("2026-11-22T23:30:00Z");
const read = (query: string) => readShiftSearch(new URLSearchParams(query), asOf);

test("without a question the list begins today, local time, earliest first", () => {
  const search = read("");
  expect(search).toEqual({ status: null, text: "", from: "2026-11-23", order: "start", afterId: null });
  expect(filterOf(search)).toEqual({ bound: new Date("2026-11-22T23:00:00Z") });
});

test("a text searches all of time, newest first, unless a date or an order is asked for", () => {
  expect(read("text=bakker")).toMatchObject({ text: "bakker", from: "", order: "-start" });
  expect(filterOf(read("text=bakker"))).toEqual({ text: "bakker" });
  expect(read("text=bakker&from=2026-11-01&sort=start")).toMatchObject({ from: "2026-11-01", order: "start" });
});

test("latest first ends with the day, earliest first begins with it", () => {
  expect(filterOf(read("from=2026-10-25&sort=-start")).bound).toEqual(new Date("2026-10-25T23:00:00Z"));
  expect(filterOf(read("from=2026-10-25&sort=start")).bound).toEqual(new Date("2026-10-24T22:00:00Z"));
});

test("what the URL cannot mean is left out", () => {
  expect(read("status=sleeping&from=2026-02-30&sort=end&page=0&text=a%00b")).toEqual({
    status: null,
    text: "ab",
    from: "",
    order: "-start",
    afterId: null,
  });
  expect(read(`text=${"x".repeat(1000)}`).text).toHaveLength(100);
});

test("another page keeps the question", () => {
  expect(searchAtPage(new URLSearchParams("text=a&page=1"), 2)).toBe("?text=a&page=2");
  expect(searchAtPage(new URLSearchParams("page=1"), null)).toBe("");
});

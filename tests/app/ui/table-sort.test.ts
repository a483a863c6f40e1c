import { expect, test } from "vitest";

import { compareSortValues, readSort, searchSortedBy, writeSort } from "../../../app/ui/table-sort";

test("the order in the URL is read only for columns that sort", () => {
  expect(readSort("-start", ["start"])).toEqual({ column: "start", isDescending: true });
  expect(readSort("start", ["start"])).toEqual({ column: "start", isDescending: false });
  expect(readSort("password_hash", ["start"])).toBeNull();
  expect(readSort("--start", ["start"])).toBeNull();
  expect(readSort(null, ["start"])).toBeNull();
});

test("a press on a header sorts up, then down, keeps the filters and begins at the first page", () => {
  const search = new URLSearchParams("status=active&before=42");
  const up = searchSortedBy(search, "sort", "start", null);
  expect(up).toBe("?status=active&sort=start");
  const down = searchSortedBy(new URLSearchParams(up), "sort", "start", { column: "start", isDescending: false });
  expect(down).toBe("?status=active&sort=-start");
  expect(writeSort({ column: "start", isDescending: true })).toBe("-start");
});

test("values sort as people count", () => {
  expect(["Post 10", "post 9", "Post 1"].sort(compareSortValues)).toEqual(["Post 1", "post 9", "Post 10"]);
  expect(compareSortValues(new Date(1), new Date(2))).toBeLessThan(0);
  expect(compareSortValues(true, false)).toBeGreaterThan(0);
});

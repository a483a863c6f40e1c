import { expect, test } from "vitest";

import { listCsvColumns } from "../../../app/shifts/csv-columns";
import { csvCell, csvLine, isoInZone } from "../../../app/ui/csv-text";

test("a cell that a spreadsheet would run as a formula stays text", () => {
  for (const sign of ["=", "+", "-", "@", "\t", "\r", "\n", "＝"]) {
    expect(csvCell(`${sign}1+1`).replace(/^"/, ""), JSON.stringify(sign)).toMatch(/^'/);
  }
  expect(csvCell('=HYPERLINK("http://x")')).toBe(`"'=HYPERLINK(""http://x"")"`);
  expect(csvCell(-5)).toBe("-5");
  expect(csvCell("a=b")).toBe("a=b");
});

test("commas, quotes, line ends and outer spaces are quoted as RFC 4180 says, and lines end in CRLF", () => {
  expect(csvLine(["plain", "a,b", 'say "no"', "two\nlines", " x", "", 7])).toBe(
    'plain,"a,b","say ""no""","two\nlines"," x",,7\r\n',
  );
});

test("a time carries its offset, so that the hour that comes twice is told apart", () => {
  expect(isoInZone(new Date("2026-10-25T00:30:00Z"), "Europe/Amsterdam")).toBe("2026-10-25T02:30:00+02:00");
  expect(isoInZone(new Date("2026-10-25T01:30:00Z"), "Europe/Amsterdam")).toBe("2026-10-25T02:30:00+01:00");
  expect(isoInZone(new Date("2026-10-25T01:30:00Z"), "America/Kralendijk")).toBe("2026-10-24T21:30:00-04:00");
  expect(isoInZone(new Date("2026-10-25T01:30:00Z"), "UTC")).toBe("2026-10-25T01:30:00+00:00");
});

test("the file has the columns of the table in their order, and none twice", () => {
  const headers = listCsvColumns(["guard", "start", "end", "location", "city"]).map(({ header }) => header);
  expect(headers).toEqual(["Guard", "Start", "End", "Location", "City"]);
});

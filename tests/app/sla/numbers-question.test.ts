import { expect, test } from "vitest";

import { readNumbersQuestion } from "../../../app/sla/numbers-question";
import { slaSearch } from "../../../app/sla/sla-question";

const asOf = new Date("2026-11-22T13:00:00Z");
const ask = (search: string) => readNumbersQuestion(new URLSearchParams(search), asOf);

test("without a question it is the last 28 full days, held against those before, told by client and day", () => {
  expect(ask("")).toEqual({
    range: "28d",
    period: { from: "2026-10-25", until: "2026-11-21" },
    filter: {},
    problems: [],
    against: { kind: "previous", filter: {}, period: { from: "2026-09-27", until: "2026-10-24" } },
    metric: "on-time",
    by: "client",
    step: "day",
  });
});

test.each([
  ["7d", "2026-11-15", "2026-11-21"],
  ["month", "2026-11-01", "2026-11-22"],
  ["last-month", "2026-10-01", "2026-10-31"],
  ["quarter", "2026-10-01", "2026-11-22"],
])("the range %s moves with the calendar", (range, from, until) => {
  expect(ask(`range=${range}&from=2020-01-01&until=2020-01-02`)).toMatchObject({ range, period: { from, until } });
});

test("last month of January lies in the year before", () => {
  const january = readNumbersQuestion(new URLSearchParams("range=last-month"), new Date("2027-01-05T13:00:00Z"));
  expect(january.period).toEqual({ from: "2026-12-01", until: "2026-12-31" });
});

test("dates are a range of their own, and a link to them asks the same again", () => {
  const asked = ask("range=own&from=2026-03-01&until=2026-03-31&client=4&region=Utrecht");
  expect(asked).toMatchObject({ range: "own", period: { from: "2026-03-01", until: "2026-03-31" }, by: "location" });
  expect(ask(slaSearch(asked))).toEqual(asked);
});

test("numbers are held against another period, or another client", () => {
  const period = { from: "2025-11-01", until: "2025-11-30" };
  expect(ask("against=2025-11-01..2025-11-30&client=4").against).toEqual({
    kind: "period",
    filter: { clientId: 4 },
    period,
  });
  expect(ask("againstClient=9&client=4&region=Utrecht").against).toEqual({
    kind: "client",
    filter: { clientId: 9, region: "Utrecht" },
    period: { from: "2026-10-25", until: "2026-11-21" },
  });
});

test.each([
  ["against=yesterday", /"yesterday" is no period to compare with/],
  ["against=2026-03-01..2026-02-30", /is no period to compare with/],
  ["against=2026-03-02..2026-03-01", /No day lies in it/],
  ["against=2020-01-01..2026-01-01", /at most 366 days/],
  ["againstClient=4&client=4", /cannot be compared with itself/],
  ["againstClient=x", /is no number of another client/],
  ["region=a%00b", /The region is no name/],
  ["from=2026-11-05&until=2026-11-01", /No day lies in it/],
])("%s is told as a problem and left out", (search, problem) => {
  const asked = ask(search);
  expect(asked.problems).toEqual([expect.stringMatching(problem)]);
  expect(asked.against.kind).toBe("previous");
});

test("a metric, a grouping and a step that there are not are chosen anew; long periods take longer steps", () => {
  expect(ask("metric=toString&by=constructor&step=hour")).toMatchObject({
    metric: "on-time",
    by: "client",
    step: "day",
  });
  expect(ask("metric=fill&by=region&step=28 days")).toMatchObject({ metric: "fill", by: "region", step: "28 days" });
  expect(ask("from=2026-06-01&until=2026-11-21").step).toBe("week");
  expect(ask("from=2026-01-01&until=2026-11-21").step).toBe("month");
});

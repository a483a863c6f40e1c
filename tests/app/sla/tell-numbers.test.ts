import { expect, test } from "vitest";

import { tellDurationCauses, tellShareCauses } from "../../../app/sla/tell-causes";
import { tellPeriod } from "../../../app/sla/tell-period";
import {
  tellCases,
  tellChange,
  tellCoverage,
  tellDuration,
  tellLeftOut,
  tellNever,
  tellPoints,
  tellShare,
} from "../../../app/sla/tell-share";
import { tellTrends } from "../../../app/sla/tell-trends";
import { noCounts } from "../../../db/rules/sla/add-facts";
import type { CaseCounts, SlaCounts } from "../../../db/rules/sla/counts";
import { definitionOf } from "../../../db/rules/sla/definitions";
import { judgeCounts } from "../../../db/rules/sla/judge-counts";
import { judgeShare } from "../../../db/rules/sla/judge-share";
import { withoutCases } from "../../../db/sla/read-cases";
import type { SlaNumbers } from "../../../db/sla/read-sla";

function numbers(counts: Partial<SlaCounts>, fill?: Partial<CaseCounts>): SlaNumbers {
  const all = { ...noCounts(), ...counts };
  const cases = withoutCases();
  return { counts: all, shares: judgeCounts(all), cases: { ...cases, fill: { ...cases.fill, ...fill } } };
}

test("a share is told in words that nothing can misread", () => {
  const of = (hits: number, count: number) => tellShare(judgeShare({ hits, of: count }));
  expect([of(0, 0), of(17, 18), of(19, 20), of(0, 200)]).toEqual(["none", "17 of 18", "95.0 %", "0 %"]);
  expect(tellCases(definitionOf("coverage"), 36_000)).toBe("10 h of planned time");
  expect(tellCases(definitionOf("on-time"), 1234)).toBe("1,234 assignments due");
});

test("a change is told by its points and by what may have made it", () => {
  const change = { points: -1.24, direction: "worse", doubt: null } as const;
  expect(tellChange(change)).toBe("1.2 points worse");
  expect(tellChange({ ...change, doubt: "chance" })).toBe("1.2 points worse, within chance");
  expect(tellChange({ ...change, direction: "same" })).toBe("unchanged");
  expect([0.0124, -0.00081, -0.00001].map(tellPoints)).toEqual(["+1.24", "−0.08", "0"]);
});

test("what never came is told as never, no cases as none", () => {
  expect([90, Number.POSITIVE_INFINITY, null].map(tellDuration)).toEqual(["1 min 30 s", "never", "none"]);
  expect(tellNever({ n: 62, never: 4 })).toBe("4 of 62 never");
  expect(tellNever({ n: 62, never: 0 })).toBe("");
});

test("each metric tells the reasons that it leaves shifts out for, and they add up to its number", () => {
  const leftOut = { draft: 1, unpublished: 2, withdrawn: 4, unobserved: 8 };
  const shares = judgeCounts({ ...noCounts(), leftOut });
  const told = (id: "on-time" | "coverage" | "cancelled") =>
    definitionOf(id).leavesOut.reduce((sum, reason) => sum + leftOut[reason], 0);
  for (const id of ["on-time", "coverage", "cancelled"] as const) expect(told(id)).toBe(shares[id].leftOut);
  expect(tellLeftOut(definitionOf("cancelled"), leftOut)).toBe("1 in draft, 2 never published");
  expect(tellLeftOut(definitionOf("fill-rate"), { ...leftOut, draft: 0, unpublished: 0, unobserved: 0 })).toBe(
    "4 withdrawn by the client in time",
  );
});

test("of planned time each part is told, also what nobody saw", () => {
  const time = { plannedSeconds: 1000, confirmedSeconds: 500, assumedSeconds: 300, unobservedSeconds: 0 };
  expect(tellCoverage({ ...noCounts(), ...time })).toBe("Assumed 30.0 %, unobserved 0 %, absent 20.0 %");
});

test("of many groups the twelve that moved a share most are told, and what the others did in sum", () => {
  const group = (index: number, onTime: number) => ({
    key: String(index),
    current: { hits: onTime, of: 100 },
    previous: { hits: 90, of: 100 },
  });
  const told = tellShareCauses([...Array.from({ length: 14 }, (_, index) => group(index, 90)), group(99, 20)]);
  expect(told.rows).toHaveLength(12);
  expect(told.rows[0]).toMatchObject({ key: "99", moved: expect.closeTo(-70 / 1500) });
  expect(told).toMatchObject({ change: expect.closeTo(-70 / 1500), others: { count: 3, moved: 0 } });
});

test("durations are not shared out: the groups with the most cases stand beside each other", () => {
  const cases = { never: 0, p50: 60, p90: 90, withinTarget: null };
  const told = tellDurationCauses([
    { key: "before", current: null, previous: { n: 12, ...cases } },
    { key: "museum", current: { n: 3, ...cases }, previous: null },
    { key: "hotel", current: { n: 9, ...cases }, previous: null },
  ]);
  expect(told.rows.map(({ key }) => key)).toEqual(["hotel", "museum", "before"]);
});

test("a step in which nothing was counted is a gap and no zero; what is uncertain is a band", () => {
  const period = { from: "2026-11-01", until: "2026-11-03" };
  const series = [
    { key: "2026-11-01", value: numbers({ due: 40, onTime: 20, onTimeUncertain: 10, liveShifts: 1 }) },
    { key: "2026-11-03", value: numbers({ due: 4, onTime: 4 }) },
  ];
  const before = { period: { from: "2026-10-29", until: "2026-10-31" }, series: [] };
  const trends = tellTrends({ period, series }, { other: before, step: "day", metric: "fill" });
  expect(trends.map(({ id }) => id)).toContain("fill");
  expect(trends.find(({ id }) => id === "on-time")?.points).toEqual([
    expect.objectContaining({ value: 0.75, span: [0.5, 0.75], words: "75.0 % of 40 assignments due", isLive: true }),
    { date: "2026-11-02", value: null, span: null, words: "nothing counted", isLive: false, other: null },
    expect.objectContaining({ value: 1, span: null, words: "4 of 4" }),
  ]);
});

test("the steps of what is compared stand under those of the period", () => {
  const line = (from: string, until: string, onTime: number) => ({
    period: { from, until },
    series: [{ key: from, value: numbers({ due: 100, onTime }) }],
  });
  const other = line("2025-11-01", "2025-11-02", 70);
  const trends = tellTrends(line("2026-11-01", "2026-11-02", 90), { other, step: "day", metric: "on-time" });
  const points = trends.find(({ id }) => id === "on-time")?.points;
  expect(points?.map(({ value, other }) => [value, other])).toEqual([
    [0.9, 0.7],
    [null, null],
  ]);
});

test("a period is told with its weekdays, and with both years where they differ", () => {
  expect(tellPeriod({ from: "2026-10-26", until: "2026-11-22" })).toBe("Mon 26 Oct to Sun 22 Nov 2026");
  expect(tellPeriod({ from: "2025-12-29", until: "2026-01-04" })).toBe("Mon 29 Dec 2025 to Sun 4 Jan 2026");
  expect(tellPeriod({ from: "2026-11-22", until: "2026-11-22" })).toBe("Sun 22 Nov 2026");
});

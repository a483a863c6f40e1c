import { expect, test } from "vitest";

import { latestSlot } from "../../../db/jobs/job";
import { reportSla } from "../../../db/jobs/report-sla";
import { judgeCounts } from "../../../db/rules/sla/judge-counts";
import { judgeShare } from "../../../db/rules/sla/judge-share";
import type { Report, ReportNumbers } from "../../../db/rules/sla/report/report";
import { reportKind, reportsDue } from "../../../db/rules/sla/report/report-kind";
import { sheetHtml } from "../../../db/rules/sla/report/sheet-html";
import { tellSheet } from "../../../db/rules/sla/report/tell-sheet";
import { tellCases, tellRange, tellSeconds, tellShare } from "../../../db/rules/sla/report/words";
import { reportFileName } from "../../../db/sla/report/file-name";
import { normalizePdf } from "../../../db/sla/report/print-pdf";

const nobody = { long: 0, short: 0, "last-minute": 0 };

function numbers(changes: Partial<ReportNumbers["counts"]> = {}): ReportNumbers {
  const counts: ReportNumbers["counts"] = {
    ...{ liveShifts: 0, correctedShifts: 1, shifts: 40, slots: 40, filledSlots: 38, due: 38, onTime: 30 },
    ...{ onTimeUncertain: 2, noShow: 1, noShowUncertain: 0, inside: 900, outside: 20, uncertain: 80 },
    leftOut: { draft: 1, unpublished: 0, withdrawn: 2, unobserved: 0 },
    ...{ plannedSeconds: 36_000, confirmedSeconds: 18_000, assumedSeconds: 9_000, unobservedSeconds: 0 },
    publishedShifts: 42,
    cancelled: { client: { ...nobody, short: 3 }, guard: nobody, platform: nobody, unknown: nobody },
    ...changes,
  };
  const none = { n: 0, never: 0, p50: null, p90: null };
  return {
    counts,
    shares: judgeCounts(counts),
    cases: {
      ...{ fill: none, acknowledge: none, "on-scene": none, refill: none, arrive: none },
      late: { n: 38, never: 1, p50: 40, p90: "never" },
    },
  };
}

function report(changes: Partial<Report> = {}): Report {
  return {
    client: { id: 12, name: "Hotel De Kroon" },
    kind: "weekly",
    period: { from: "2026-11-16", until: "2026-11-22" },
    definition: 1,
    factsAsOf: "2026-11-25T05:00:00.000Z",
    firstAsOf: "2026-11-23T05:00:00.000Z",
    unfrozenShifts: 0,
    isFinal: true,
    current: numbers(),
    previousPeriod: { from: "2026-11-09", until: "2026-11-15" },
    previous: numbers({ due: 18, onTime: 17, onTimeUncertain: 0 }),
    targets: [],
    locations: [],
    worstShifts: [],
    corrections: [
      {
        ...{ shiftId: 123, localDate: "2026-11-19", correctedAt: "2026-11-24T03:40:00.000Z", isSinceFirst: true },
        ...{ reason: "The shift was changed after its numbers were frozen.", changes: ["no-shows 1, then 0"] },
      },
    ],
    correctionCount: 1,
    addedSinceFirst: 2,
    ...changes,
  };
}

test("a report is weekly from Monday to Sunday and monthly over a whole month of the calendar", () => {
  expect(reportKind({ from: "2026-11-16", until: "2026-11-22" })).toBe("weekly");
  expect(reportKind({ from: "2026-11-17", until: "2026-11-23" })).toBe("other");
  expect(reportKind({ from: "2026-02-01", until: "2026-02-28" })).toBe("monthly");
  expect(reportKind({ from: "2028-02-01", until: "2028-02-29" })).toBe("monthly");
  expect(reportKind({ from: "2028-02-01", until: "2028-02-28" })).toBe("other");
  expect(reportKind({ from: "2026-12-01", until: "2026-12-31" })).toBe("monthly");
});

test("on Monday the last week is due, on the first the last month, and both again two days later", () => {
  const week = { kind: "weekly", period: { from: "2026-11-16", until: "2026-11-22" } };
  expect(reportsDue("2026-11-23")).toEqual([{ ...week, isAgain: false }]);
  expect(reportsDue("2026-11-25")).toEqual([{ ...week, isAgain: true }]);
  for (const date of ["2026-11-22", "2026-11-24", "2026-11-26"]) expect(reportsDue(date)).toEqual([]);
  const june = { from: "2026-05-01", until: "2026-05-31" };
  expect(reportsDue("2026-06-01")).toEqual([
    { kind: "weekly", period: { from: "2026-05-25", until: "2026-05-31" }, isAgain: false },
    { kind: "monthly", period: june, isAgain: false },
  ]);
  expect(reportsDue("2026-06-03")[1]).toEqual({ kind: "monthly", period: june, isAgain: true });
  expect(reportsDue("2027-01-01")[0]?.period).toEqual({ from: "2026-12-01", until: "2026-12-31" });
});

test("reports are made at six in the morning in Amsterdam, on both sides of the clock change", () => {
  const slotOn = (noon: string) => latestSlot(reportSla.schedule, new Date(noon)).toISOString();
  expect(slotOn("2026-03-28T12:00Z")).toBe("2026-03-28T05:00:00.000Z");
  expect(slotOn("2026-03-30T12:00Z")).toBe("2026-03-30T04:00:00.000Z");
  expect(slotOn("2026-10-26T12:00Z")).toBe("2026-10-26T05:00:00.000Z");
});

test("a sheet tells every metric with what was counted, the range, the period before and what was left out", () => {
  const { title, notice, lines, tables } = tellSheet(report(), "abc");
  expect([title, notice]).toEqual(["Weekly report for Hotel De Kroon", null]);
  expect(lines).toContainEqual({ label: "Shifts", value: "40; 1 of them corrected; 2 added since the first report" });
  expect(lines).toContainEqual({ label: "Digest", value: "abc" });
  const rows = Object.fromEntries(tables.flatMap((table) => table.rows).map((row) => [row[0], row.slice(1)]));
  expect(rows["On-time check-in"]).toEqual([
    ...["84.2 %", "38 assignments due", "78.9 % to 84.2 %; by chance 63.7 % to 92.6 %", "17 of 18", "3"],
  ]);
  expect(rows.Coverage?.slice(0, 3)).toEqual(["50.0 %", "10 h", "50.0 % to 75.0 %"]);
  expect(rows["Late on arrival"]).toEqual(["40 s", "never", "38 assignments due", "1", "40 s / never"]);
  expect(rows.Client).toEqual(["0", "3", "0"]);
  expect(rows["123"]).toEqual([
    ...["2026-11-19", "Tue 24 Nov 2026 04:40, since the first report"],
    ...["The shift was changed after its numbers were frozen.", "no-shows 1, then 0"],
  ]);
  expect(tellSheet(report(), "abc")).toEqual(tellSheet(report(), "abc"));
});

test("a report that is not final says why, and one without any shift tells no number", () => {
  expect(tellSheet(report({ isFinal: false, unfrozenShifts: 3 }), "").notice).toBe(
    "Not final: 3 shifts of it are not frozen yet and not counted here. A shift is frozen 24 hours after its end.",
  );
  expect(tellSheet(report({ isFinal: false }), "").notice).toBe("Not final: the period is not over.");
  const empty = tellSheet(report({ current: null, corrections: [], correctionCount: 0 }), "");
  expect(empty.tables.map(({ rows }) => rows.length)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a target stands beside its metric", () => {
  const targets = [{ metric: "on-time" as const, text: "95 %", verdict: "missed" }];
  const [shares] = tellSheet(report({ targets }), "").tables;
  expect(shares?.rows.find(([metric]) => metric === "On-time check-in")?.at(-1)).toBe("95 %: missed");
  expect(shares?.rows.find(([metric]) => metric === "No-show")?.at(-1)).toBe("");
});

test("nothing counted is none, and few are told as a count", () => {
  const share = (hits: number, of: number) => ({ ...judgeShare({ hits, of }), leftOut: 0 });
  expect([tellShare(share(0, 0)), tellRange(share(0, 0))]).toEqual(["none", ""]);
  expect(tellShare(share(17, 18))).toBe("17 of 18");
  expect(["check-ins", "published shifts", "assignments due"].map((unit) => tellCases(1, unit))).toEqual([
    ...["1 check-in", "1 published shift", "1 assignment due"],
  ]);
  expect(tellCases(1200, "slots")).toBe("1,200 slots");
  expect(tellShare(share(1999, 2000))).toBe("> 99.9 %");
  expect([tellSeconds(null), tellSeconds(59), tellSeconds(3720)]).toEqual(["none", "59 s", "1 h 2 min"]);
});

test("the page of a report stands by itself: names stay text, and nothing is asked for from anywhere", () => {
  const html = sheetHtml(tellSheet(report({ client: { id: 1, name: `<img src=x onerror="a">&'` } }), ""), ["QUJD"]);
  expect(html).toContain("&lt;img src=x onerror=&quot;a&quot;&gt;&amp;&#39;");
  expect(html).not.toMatch(/<img|<script|https?:|url\((?!data:)/);
  expect(html).toContain("default-src &#39;none&#39;");
});

test("the files of a report have names that nothing can be done with", () => {
  const of = (clientName: string) =>
    reportFileName({ fromOn: "2026-11-16", untilOn: "2026-11-22", clientId: 12, clientName, digest: "0123456789ab" });
  expect(of("Hôtel De Kroon & Zn.")).toBe("sla-2026-11-16-2026-11-22-client-12-hotel-de-kroon-zn-01234567");
  expect(of("../../etc/passwd\0")).toBe("sla-2026-11-16-2026-11-22-client-12-etc-passwd-01234567");
  expect(of("日本")).toBe("sla-2026-11-16-2026-11-22-client-12-client-01234567");
});

test("a PDF carries the instant of its facts, not that of its making, and stays as long as it was", () => {
  const pdf = Buffer.from(
    "/CreationDate (D:20261123083759+00'00')\n/ModDate (D:20261123083801+00'00')>>\xff",
    "latin1",
  );
  const told = normalizePdf(pdf, new Date("2026-11-23T05:00:00.000Z"));
  expect(told.length).toBe(pdf.length);
  expect(told.toString("latin1").match(/D:\d+/g)).toEqual(["D:20261123050000", "D:20261123050000"]);
});

test("what a browser numbers before the page does not move the numbers of a PDF's elements", () => {
  const pdf = (before: number) => {
    const [first, second] = [9, 12].map((number) => `(node${String(before + number).padStart(8, "0")})`);
    return Buffer.from(`/ID ${first} /ID ${second} /Headers [${second}] /Names [${first} 7 0 R ${second} 9 0 R]`);
  };
  const at = new Date("2026-11-23T05:00:00.000Z");
  expect(normalizePdf(pdf(90), at).equals(normalizePdf(pdf(0), at))).toBe(true);
  expect(normalizePdf(pdf(0), at).toString()).toContain("/Headers [(node00000002)]");
});

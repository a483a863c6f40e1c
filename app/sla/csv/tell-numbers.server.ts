import { csvLine } from "~/ui/csv-text";
import type { ConsoleDatabase } from "../../../db/connections";
import type { CaseKind } from "../../../db/rules/sla/counts";
import type { ShareId } from "../../../db/rules/sla/judge-counts";
import { type Period, previousPeriod } from "../../../db/rules/sla/period";
import { readSlaByGroup, type SlaNumbers } from "../../../db/sla/read-sla";
import type { SlaAddress } from "../sla-question";
import { tellPreamble } from "./preamble.server";

export const numberGroups = ["client", "company", "region", "location"] as const;
export type NumberGroup = (typeof numberGroups)[number];

const groupColumns = ["Number", "Name", "From", "Until", "Shifts", "Of them live", "Of them corrected", "Metric"];
const shareColumns = ["Hits", "Of", "Ratio", "At least", "At most", "95 % from", "95 % to", "Left out"];
const caseColumns = ["Never", "Half within (s)", "Nine tenths within (s)"];

/** The numbers of each group of the period and of the one before, a line for each metric, and how many lines. */
export async function* tellNumbers(
  db: ConsoleDatabase,
  { asOf, address, by }: { asOf: Date; address: SlaAddress; by: NumberGroup },
  onRows: (rowCount: number) => void = () => {},
): AsyncGenerator<string> {
  yield await tellPreamble(db, { title: `numbers by ${by}`, asOf, address, asked: [["By", by]] });
  yield csvLine([...groupColumns, ...shareColumns, ...caseColumns]);
  const { filter, period } = address;
  const groups = await readSlaByGroup(db, { filter, period, by });
  const lines = groups.flatMap(({ key, label, current, previous }) => {
    const of = (numbers: SlaNumbers | null, { from, until }: Period) =>
      numbers ? linesOf(numbers, [by === "region" ? "" : key, label, from, until]) : [];
    return [...of(current, period), ...of(previous, previousPeriod(period))];
  });
  onRows(lines.length);
  yield lines.map(csvLine).join("");
  yield csvLine([]) + csvLine(["End of export", lines.length]);
}

function linesOf({ counts, shares, cases }: SlaNumbers, group: string[]): (string | number)[][] {
  const head = [...group, counts.shifts, counts.liveShifts, counts.correctedShifts];
  const shareLines = (Object.keys(shares) as ShareId[]).map((metric) => {
    const { hits, of, share, low, high, interval, leftOut } = shares[metric];
    return [...head, metric, hits, of, ...[share, low, high, interval?.low, interval?.high].map(ratio), leftOut];
  });
  const caseLines = (Object.keys(cases) as CaseKind[]).map((metric) => {
    const { n, never, p50, p90 } = cases[metric];
    return [...head, metric, "", n, "", "", "", "", "", "", never, seconds(p50), seconds(p90)];
  });
  return [...shareLines, ...caseLines];
}

const ratio = (value: number | null | undefined) => (value == null ? "" : Number(value.toFixed(6)));
const seconds = (value: number | null) => (value === null ? "" : Number.isFinite(value) ? value : "never");

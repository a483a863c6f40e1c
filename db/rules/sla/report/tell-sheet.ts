import { tellInstant } from "../../shifts/tell-times";
import { countedSet, definitions } from "../definitions";
import { tellCorrections, tellLocations, tellWorstShifts } from "./list-tables";
import { tellCancellations, tellDurations, tellShares } from "./number-tables";
import type { Report } from "./report";
import type { Sheet } from "./sheet";
import { tellCount } from "./words";

const zone = "Europe/Amsterdam";
export const tellAt = (iso: string) => `${tellInstant(new Date(iso), zone, { hasYear: true })}, ${zone}`;

const titles = { weekly: "Weekly report", monthly: "Monthly report", other: "Report" };

/** The report in words, the same for the same report. `digest` proves its document. */
export function tellSheet(report: Report, digest: string): Sheet {
  const { client, kind, period, factsAsOf, firstAsOf, current, definition } = report;
  return {
    title: `${titles[kind]} for ${client.name}`,
    notice: tellNotice(report),
    lines: [
      { label: "Client", value: `${client.name}, number ${client.id}` },
      { label: "Period", value: `${period.from} to ${period.until}, local dates of the starts` },
      { label: "Compared with", value: `${report.previousPeriod.from} to ${report.previousPeriod.until}` },
      { label: "Shifts", value: current ? tellShifts(report) : "none" },
      { label: "Rests on", value: `facts that were frozen by ${tellAt(factsAsOf)}` },
      ...(firstAsOf === factsAsOf
        ? []
        : [{ label: "First report", value: `rested on facts that were frozen by ${tellAt(firstAsOf)}` }]),
      { label: "Definition", value: `version ${definition}` },
      { label: "Digest", value: digest },
    ],
    tables: [
      tellShares(report),
      tellDurations(report),
      tellCancellations(report),
      tellLocations(report),
      tellWorstShifts(report),
      tellCorrections(report),
    ],
    notes: [
      countedSet,
      ...definitions.map(({ title, definition: words }) => `${title}: ${words}`),
      "The range says what the uncertain cases may make of a share, and what chance may with 95 % confidence (Wilson). Fewer than 20 cases are told as a count.",
    ],
  };
}

function tellNotice({ isFinal, unfrozenShifts }: Report): string | null {
  if (isFinal) return null;
  if (unfrozenShifts === 0) return "Not final: the period is not over.";
  const shifts = unfrozenShifts === 1 ? "1 shift of it is" : `${tellCount(unfrozenShifts)} shifts of it are`;
  return `Not final: ${shifts} not frozen yet and not counted here. A shift is frozen 24 hours after its end.`;
}

function tellShifts({ current, addedSinceFirst }: Report): string {
  const { shifts, correctedShifts } = current?.counts ?? { shifts: 0, correctedShifts: 0 };
  return [
    tellCount(shifts),
    ...(correctedShifts > 0 ? [`${tellCount(correctedShifts)} of them corrected`] : []),
    ...(addedSinceFirst > 0 ? [`${tellCount(addedSinceFirst)} added since the first report`] : []),
  ].join("; ");
}

import type { Notice } from "../counts";
import { definitions, noticeWords, partyWords } from "../definitions";
import type { CancelledBy } from "../facts";
import type { ShareId } from "../judge-counts";
import type { Report, ReportCase } from "./report";
import type { SheetTable } from "./sheet";
import { tellCases, tellCount, tellRange, tellSeconds, tellShare } from "./words";

const none = "No shift of the period is frozen.";

/** The shares with what was counted, the range and the period before; those that have a target with how it stands. */
export function tellShares({ current, previous, targets }: Report): SheetTable {
  const targetOf = (id: string) => targets.find(({ metric }) => metric === id);
  const hasTargets = targets.length > 0;
  return {
    title: "Shares",
    columns: [
      { label: "Metric" },
      { label: "Result", isNumber: true },
      { label: "Counted", isNumber: true },
      { label: "Range" },
      { label: "Before", isNumber: true },
      { label: "Shifts left out", isNumber: true },
      ...(hasTargets ? [{ label: "Target" }] : []),
    ],
    rows: definitions
      .filter(({ measure }) => current && measure === "share")
      .map(({ id, title, unit }) => {
        const share = current?.shares[id as ShareId];
        const before = previous?.shares[id as ShareId];
        if (!share) return [title];
        const target = targetOf(id);
        return [
          title,
          tellShare(share),
          id === "coverage" ? tellSeconds(share.of) : tellCases(share.of, unit),
          tellRange(share),
          before ? tellShare(before) : "none",
          tellCount(share.leftOut),
          ...(hasTargets ? [target ? `${target.text}: ${target.verdict}` : ""] : []),
        ];
      }),
    empty: none,
  };
}

/** How long half and nine tenths of the cases took; what never came to it counts as infinitely long. */
export function tellDurations({ current, previous, targets }: Report): SheetTable {
  const hasTargets = targets.length > 0;
  const pair = (told: ReportCase | undefined) =>
    told && told.n > 0 ? `${tellSeconds(told.p50)} / ${tellSeconds(told.p90)}` : "none";
  return {
    title: "Durations",
    columns: [
      { label: "Metric" },
      { label: "Half within", isNumber: true },
      { label: "Nine tenths within", isNumber: true },
      { label: "Counted", isNumber: true },
      { label: "Never", isNumber: true },
      { label: "Before", isNumber: true },
      ...(hasTargets ? [{ label: "Target" }] : []),
    ],
    rows: definitions
      .filter(({ measure }) => current && measure === "seconds")
      .map(({ id, title, unit }) => {
        const told = current?.cases[id as keyof typeof current.cases];
        if (!told) return [title];
        const target = targets.find(({ metric }) => metric === id);
        return [
          title,
          tellSeconds(told.p50),
          tellSeconds(told.p90),
          tellCases(told.n, unit),
          tellCount(told.never),
          pair(previous?.cases[id as keyof typeof previous.cases]),
          ...(hasTargets ? [target ? `${target.text}: ${target.verdict}` : ""] : []),
        ];
      }),
    empty: none,
  };
}

/** Whose doing cancellations were, and how long before the start. */
export function tellCancellations({ current }: Report): SheetTable {
  const notices = Object.keys(noticeWords) as Notice[];
  const parties = Object.keys(partyWords) as CancelledBy[];
  return {
    title: "Cancelled shifts",
    columns: [{ label: "By" }, ...notices.map((notice) => ({ label: noticeWords[notice], isNumber: true }))],
    rows: parties
      .filter((party) => current && notices.some((notice) => current.counts.cancelled[party][notice] > 0))
      .map((party) => [
        partyWords[party],
        ...notices.map((notice) => tellCount(current?.counts.cancelled[party][notice] ?? 0)),
      ]),
    empty: "No shift was cancelled.",
  };
}

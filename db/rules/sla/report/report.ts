import type { SlaCases, SlaCounts } from "../counts";
import type { MetricId } from "../definitions";
import type { JudgedShare, ShareId } from "../judge-counts";
import type { Period } from "../period";
import type { ReportKind } from "./report-kind";

/** Half and nine tenths of the cases took so long; "never" where so many never came to it, null without cases. */
export type ReportCase = { n: number; never: number; p50: number | "never" | null; p90: number | "never" | null };

export type ReportNumbers = {
  counts: SlaCounts;
  shares: Record<ShareId, JudgedShare>;
  cases: Record<keyof SlaCases, ReportCase>;
};

/** What the client was owed of a metric: a ratio, or seconds with the share that must be within them. */
export type ReportTarget = { metric: MetricId; text: string; verdict: string };

export type ReportShift = {
  shiftId: number;
  localDate: string;
  locationName: string;
  headcount: number;
  filledSlots: number;
  due: number;
  late: number;
  noShow: number;
  absentSeconds: number;
};

export type ReportCorrection = {
  shiftId: number;
  localDate: string;
  /** ISO, when the correction was frozen. */
  correctedAt: string;
  reason: string;
  /** Frozen after the first report of the same client and period was made. */
  isSinceFirst: boolean;
  /** What came out differently, in words: "no-show 1, then 0". */
  changes: string[];
};

/** What a client is told of a period: made of facts that were frozen by `factsAsOf`, so that it comes out the same again. */
export type Report = {
  client: { id: number; name: string };
  kind: ReportKind;
  period: Period;
  definition: number;
  factsAsOf: string;
  /** Of the first report of the same client and period; the same as `factsAsOf` in the first. */
  firstAsOf: string;
  unfrozenShifts: number;
  isFinal: boolean;
  current: ReportNumbers | null;
  previousPeriod: Period;
  previous: ReportNumbers | null;
  targets: ReportTarget[];
  locations: { id: number; name: string; shifts: number; shares: Record<ShareId, JudgedShare> }[];
  /** Where most was missed; at most ten. */
  worstShifts: ReportShift[];
  /** The newest first, at most a hundred; `correctionCount` says of how many. */
  corrections: ReportCorrection[];
  correctionCount: number;
  /** Shifts that were frozen for the first time after the first report was made. */
  addedSinceFirst: number;
};

/** Of a duration, which JSON has no infinity for. */
export function reportCase({ n, never, p50, p90 }: SlaCases[keyof SlaCases]): ReportCase {
  const told = (seconds: number | null) => (seconds === Number.POSITIVE_INFINITY ? "never" : seconds);
  return { n, never, p50: told(p50), p90: told(p90) };
}

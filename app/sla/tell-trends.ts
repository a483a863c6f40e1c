import type { CaseKind } from "../../db/rules/sla/counts";
import { definitionOf, definitions, type MetricId } from "../../db/rules/sla/definitions";
import type { ShareId } from "../../db/rules/sla/judge-counts";
import type { Period } from "../../db/rules/sla/period";
import { stepsOf } from "../../db/rules/sla/steps";
import type { SlaNumbers } from "../../db/sla/read-sla";
import type { Step } from "./numbers-question";
import { tellCases, tellDuration, tellShare } from "./tell-share";

export type TrendPoint = {
  /** The first of the step. */
  date: string;
  /** A ratio, or P50 in seconds. Null where nothing was counted, or where the half never came to it. */
  value: number | null;
  /** What is uncertain lies between; of durations, P50 to P90. Null where nothing is, or it has no end. */
  span: [number, number] | null;
  words: string;
  isLive: boolean;
  /** The value of what the numbers are held against; null where nothing was counted there. */
  other: number | null;
};

export type Trend = { id: MetricId; points: TrendPoint[] };

type Line = { period: Period; series: readonly { key: string; value: SlaNumbers }[] };

/**
 * Every share, and the chosen metric where it is none, over the steps of the period; a step without shifts is a gap. The
 * steps of another period stand under those of this one, first under first.
 */
export function tellTrends(
  line: Line,
  { other, step, metric }: { other: Line | null; step: Step; metric: MetricId },
): Trend[] {
  const [steps, otherSteps] = [listSteps(line, step), other ? listSteps(other, step) : []];
  return definitions
    .filter(({ id, measure }) => measure === "share" || id === metric)
    .map(({ id }) => ({
      id,
      points: steps.map(({ date, numbers }, index) => ({
        ...tellPoint(id, date, numbers),
        other: tellPoint(id, date, otherSteps[index]?.numbers).value,
      })),
    }));
}

function listSteps({ period, series }: Line, step: Step) {
  const byDate = new Map(series.map(({ key, value }) => [key, value]));
  return stepsOf(period, step).map((date) => ({ date, numbers: byDate.get(date) }));
}

function tellPoint(id: MetricId, date: string, numbers: SlaNumbers | undefined): Omit<TrendPoint, "other"> {
  const gap = { date, value: null, span: null, words: "nothing counted", isLive: false };
  if (!numbers) return gap;
  const definition = definitionOf(id);
  const isLive = numbers.counts.liveShifts > 0;
  if (definition.measure === "share") {
    const told = numbers.shares[id as ShareId];
    const { share, low, high, words, of } = told;
    if (share === null || low === null || high === null) return { ...gap, isLive };
    return {
      date,
      value: share,
      span: low === high ? null : [low, high],
      words: words ?? `${tellShare(told)} of ${tellCases(definition, of)}`,
      isLive,
    };
  }
  const { n, p50, p90 } = numbers.cases[id as CaseKind];
  if (p50 === null || p90 === null) return { ...gap, isLive };
  return {
    date,
    value: Number.isFinite(p50) ? p50 : null,
    span: Number.isFinite(p90) ? [p50, p90] : null,
    words: `P50 ${tellDuration(p50)}, P90 ${tellDuration(p90)} of ${tellCases(definition, n)}`,
    isLive,
  };
}

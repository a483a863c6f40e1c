import type { MetricId } from "./definitions";
import { addDays, type Period } from "./period";

/** A target as it was set. */
export type SetTarget = {
  id: number;
  /** Null: the standard of the house. */
  clientId: number | null;
  metric: MetricId;
  /** From 0 to 1: the least share, or the largest where lower is better; of durations, the least share in time. */
  ratio: number;
  /** The longest duration in time; null where the metric is a share. */
  targetSeconds: number | null;
  /** Local date. */
  validFrom: string;
};

/** The days of a period, both included, on which one target holds. */
export type TargetSpan = Period & { target: SetTarget };

/** The target of a date: the client's own before the house's, then the latest date, then the one set last. */
export function targetAt(targets: readonly SetTarget[], date: string): SetTarget | null {
  const valid = targets.filter(({ validFrom }) => validFrom <= date);
  return valid.reduce<SetTarget | null>((best, one) => (best && !outranks(one, best) ? best : one), null);
}

/** Which of one metric's targets hold in the period, in order of time. Days without any are in no span. */
export function tellTargetSpans(targets: readonly SetTarget[], period: Period): TargetSpan[] {
  const changes = targets.map(({ validFrom }) => validFrom).filter((on) => on > period.from && on <= period.until);
  const starts = [...new Set([period.from, ...changes])].sort();
  const spans: TargetSpan[] = [];
  for (const [at, from] of starts.entries()) {
    const next = starts[at + 1];
    const until = next ? addDays(next, -1) : period.until;
    const target = targetAt(targets, from);
    const last = spans.at(-1);
    if (last && target && last.target.id === target.id) last.until = until;
    else if (target) spans.push({ from, until, target });
  }
  return spans;
}

function outranks(one: SetTarget, other: SetTarget): boolean {
  if ((one.clientId === null) !== (other.clientId === null)) return one.clientId !== null;
  if (one.validFrom !== other.validFrom) return one.validFrom > other.validFrom;
  return one.id > other.id;
}

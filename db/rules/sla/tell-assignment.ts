import type { Verdict } from "../live/verdict";
import type { Arrival, AssignmentFacts, Span } from "./facts";
import { kindOf, type PackedCheckin, secondsOf, verdictOf } from "./packed-checkin";
import type { AssignmentHistory, ShiftHistory } from "./shift-history";
import type { SlaRule } from "./sla-rule";
import { tellPresence } from "./tell-presence";

/** What one assignment of a shift contributes; `checkins` are those of its guard, in order. Seconds; the clock is `asOf`. */
export function tellAssignment(
  { guardId, beganAt, endedAt, endedReason }: AssignmentHistory,
  { startAt, endAt, cancelledAt }: Pick<ShiftHistory, "startAt" | "endAt" | "cancelledAt">,
  { checkins, asOf, rule }: { checkins: readonly PackedCheckin[]; asOf: number; rule: SlaRule },
): AssignmentFacts {
  const last = Math.min(endAt, endedAt ?? endAt, asOf) - startAt;
  const from = Math.max(0, (beganAt ?? startAt) - startAt);
  const arrivals = tellArrivals(checkins, [-rule.arriveBeforeSeconds, last]);
  const isDue =
    stoodAt(startAt, { beganAt, endedAt }) &&
    (cancelledAt === null || cancelledAt > startAt) &&
    asOf >= startAt + rule.noShowSeconds;
  const during = countVerdicts(checkins, [from, last], { inside: 0, outside: 0, uncertain: 0 });
  const { confirmed, assumed } = tellPresence(checkins, [from, last], rule.confirmSeconds);
  const instants = (spans: typeof confirmed) => spans.map(([at, to]) => [at + startAt, to + startAt] as const);
  return {
    guardId,
    beganAt,
    endedAt,
    endedReason,
    isDue,
    firstInAt: arrivals.first === null ? null : startAt + arrivals.first,
    lateSeconds: arrivals.first === null ? null : Math.max(0, arrivals.first),
    arrival: isDue ? judge(arrivals.first, rule) : "not due",
    provenArrival: isDue ? judge(arrivals.proven, rule) : "not due",
    inside: during.inside,
    outside: during.outside,
    uncertain: during.uncertain,
    confirmed: instants(confirmed),
    assumed: instants(assumed),
  };
}

/** An assignment whose begin is not on record counts as begun. */
export function stoodAt(
  instant: number,
  { beganAt, endedAt }: Pick<AssignmentHistory, "beganAt" | "endedAt">,
): boolean {
  return (beganAt ?? instant) <= instant && (endedAt === null || endedAt > instant);
}

/** Adds the verdicts of the check-ins within a span to `counts`, and returns them. */
export function countVerdicts(
  checkins: readonly PackedCheckin[],
  [from, until]: Span,
  counts: Record<Verdict, number>,
): Record<Verdict, number> {
  for (const checkin of checkins) {
    const at = secondsOf(checkin);
    if (at >= from && at < until) counts[verdictOf(checkin)] += 1;
  }
  return counts;
}

/** When the first `in` came within a span that was not outside, and the first that was inside. Null where none did. */
function tellArrivals(
  checkins: readonly PackedCheckin[],
  [from, until]: Span,
): { first: number | null; proven: number | null } {
  let first: number | null = null;
  for (const checkin of checkins) {
    const at = secondsOf(checkin);
    if (kindOf(checkin) !== "in" || at < from || at >= until) continue;
    const verdict = verdictOf(checkin);
    if (verdict === "outside") continue;
    first ??= at;
    if (verdict === "inside") return { first, proven: at };
  }
  return { first, proven: null };
}

function judge(seconds: number | null, { onTimeSeconds, noShowSeconds }: SlaRule): Arrival {
  if (seconds === null || seconds > noShowSeconds) return "no-show";
  return seconds <= onTimeSeconds ? "on time" : "late";
}

import { defaultThresholds, type LiveThresholds, staleAfterSeconds, type WatchedShift } from "./live-state";

/**
 * The first instant after `asOf` at which the live state of the shift may change though nothing happens. Null where it
 * stays for good. Never too late, so what was judged at `asOf` holds until then.
 */
export function nextChangeAt(
  { startAt, endAt, assignedAt, arrivedAt, presence, noReturnAt }: WatchedShift,
  asOf: Date,
  thresholds: LiveThresholds = defaultThresholds,
): Date | null {
  const dueAt = assignedAt && assignedAt > startAt ? assignedAt : startAt;
  const heardAt = presence.last?.at ?? arrivedAt;
  const bounds = [
    +startAt - thresholds.atRiskBeforeSeconds * 1000,
    +startAt,
    +startAt + thresholds.lateAfterSeconds * 1000,
    +dueAt + thresholds.noShowAfterSeconds * 1000,
    +endAt,
    ...(noReturnAt ? [+noReturnAt] : []),
    ...(heardAt ? [+heardAt + staleAfterSeconds(thresholds.cadenceSeconds) * 1000] : []),
  ];
  // Some rules hold from their instant on, others after it.
  const next = Math.min(...bounds.flatMap((bound) => [bound, bound + 1]).filter((bound) => bound > +asOf));
  return Number.isFinite(next) ? new Date(next) : null;
}

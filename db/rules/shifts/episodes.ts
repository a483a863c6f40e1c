import { defaultThresholds, type LiveThresholds } from "../live/live-state";
import { type Checkin, sight, tellAbsences } from "../live/presence";

export type Episode = { at: Date; text: string };

type WatchedPlan = {
  startAt: Date;
  endAt: Date;
  isCancelled: boolean;
  /** Null while nobody has the shift, or where it is not on record. */
  assignedAt: Date | null;
  hasGuard: boolean;
  radiusMeters: number;
};

/**
 * What the clock and the positions made of a shift by `asOf`, by the rules of the board: unfilled, late, no-show,
 * arrived, left and back. A cancelled shift has none. The check-ins are those of the guard who has it.
 */
export function tellEpisodes(
  { startAt, endAt, isCancelled, assignedAt, hasGuard, radiusMeters }: WatchedPlan,
  checkins: readonly Checkin[],
  asOf: Date,
  { lateAfterSeconds, noShowAfterSeconds }: LiveThresholds = defaultThresholds,
): Episode[] {
  if (isCancelled) return [];
  if (!hasGuard) return [{ at: startAt, text: "Unfilled: it began without a guard" }].filter(({ at }) => at <= asOf);
  const arrivedAt = checkins
    .map((checkin) => ({ heardAt: checkin.createdAt, verdict: sight(checkin, radiusMeters).verdict }))
    .filter(({ verdict }) => verdict !== "outside")
    .reduce<Date | null>((first, { heardAt }) => (first && first < heardAt ? first : heardAt), null);
  const sinceArrival = checkins.filter(({ createdAt }) => arrivedAt && createdAt >= arrivedAt);
  const dueAt = assignedAt && assignedAt > startAt ? assignedAt : startAt;
  const lateAt = later(startAt, lateAfterSeconds);
  const noShowAt = later(dueAt, noShowAfterSeconds);
  const isMissingAt = (at: Date) => at < endAt && (arrivedAt ? arrivedAt > at : asOf > at);
  const episodes: (Episode | false | null)[] = [
    isMissingAt(lateAt) && { at: lateAt, text: `Late: no check-in ${minutes(+lateAt - +startAt)} after the start` },
    isMissingAt(noShowAt) && {
      at: noShowAt,
      text: `No-show: no check-in ${minutes(+noShowAt - +dueAt)} after it was due`,
    },
    arrivedAt &&
      arrivedAt > lateAt && { at: arrivedAt, text: `Arrived ${minutes(+arrivedAt - +startAt)} after the start` },
    ...tellAbsences(sinceArrival, radiusMeters).flatMap(({ leftAt, returnedAt }) => [
      { at: leftAt, text: "Left the post" },
      returnedAt && { at: returnedAt, text: `Back on the post after ${minutes(+returnedAt - +leftAt)}` },
    ]),
  ];
  return episodes.filter((episode): episode is Episode => Boolean(episode) && (episode as Episode).at <= asOf);
}

function later(at: Date, seconds: number): Date {
  return new Date(+at + seconds * 1000);
}

function minutes(ms: number): string {
  return `${Math.max(1, Math.round(ms / 60_000))} min`;
}

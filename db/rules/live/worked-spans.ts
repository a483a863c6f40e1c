import { defaultThresholds, staleAfterSeconds } from "./live-state";
import type { Sighting } from "./presence";

export type WorkedSpan = {
  fromAt: Date;
  untilAt: Date;
  /** Unknown: the position proved nothing, or the phone was silent for too long. */
  presence: "inside" | "outside" | "unknown";
};

/**
 * Where the guard was between the first check-in and `asOf`, oldest first: a position counts until the next one, and no
 * longer than a fresh one lasts. Nothing is told after a sign-off, until the guard is seen again.
 */
export function tellWork(
  sightings: readonly Pick<Sighting, "kind" | "at" | "verdict">[],
  {
    endAt,
    asOf,
    cadenceSeconds = defaultThresholds.cadenceSeconds,
  }: { endAt: Date; asOf: Date; cadenceSeconds?: number },
): WorkedSpan[] {
  const freshMs = staleAfterSeconds(cadenceSeconds) * 1000;
  const inOrder = [...sightings].sort((one, other) => +one.at - +other.at);
  const spans: WorkedSpan[] = [];
  const tell = (from: number, until: number, presence: WorkedSpan["presence"]) => {
    if (until <= from) return;
    const before = spans.at(-1);
    if (before?.presence === presence && +before.untilAt === from) before.untilAt = new Date(until);
    else spans.push({ fromAt: new Date(from), untilAt: new Date(until), presence });
  };
  for (const [position, { kind, at, verdict }] of inOrder.entries()) {
    if (kind === "out") continue;
    const next = inOrder[position + 1]?.at;
    const until = next ? +next : Math.max(+at, Math.min(+asOf, Math.max(+endAt, +at)));
    const freshUntil = Math.min(until, +at + freshMs);
    tell(+at, freshUntil, verdict === "uncertain" ? "unknown" : verdict);
    tell(freshUntil, until, "unknown");
  }
  return spans;
}

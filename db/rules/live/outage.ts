import { defaultThresholds, type LiveState } from "./live-state";
import type { ShiftState } from "./shift-states";

export type Outage = {
  /** When the first of those who fell silent together was missed. */
  sinceAt: Date;
  /** The last instant at which enough were silent to keep it up. */
  heldAt: Date;
};

/**
 * What makes a silence that of the platform. `share` is of the guards under watch; `keepsShare` is of those who raise
 * it, and keeps it up; who reports again is waited for one cadence longer.
 */
export const outageRule = {
  windowSeconds: 120,
  share: 0.1,
  fewestGuards: 5,
  keepsShare: 0.5,
  graceSeconds: defaultThresholds.cadenceSeconds,
  source:
    "Operations handbook, live state: within two minutes, one incident and not 40 no-shows. A tenth: of 400 guards who " +
    "fall silent once in an 8 h shift each, 1.7 do so within two minutes; 40 by chance has a probability below 1e-36.",
};

/** States of guards whose positions are being watched. */
const underWatch: ReadonlySet<ShiftState> = new Set(["on-post", "uncertain", "outside", "stale"]);

/**
 * Whether the platform fell silent and not the guards: of those under watch a tenth, and at least five, went stale
 * within two minutes of one another. `standing` is the outage that lasts already, null where none does: it goes on
 * while half as many are silent since then, and one cadence longer, in which every phone that works is heard. Null
 * where there is none, or it is over. States without incidents, which hide what lies below.
 */
export function judgeOutage(
  judged: readonly LiveState[],
  { standing, asOf }: { standing: Outage | null; asOf: Date },
): Outage | null {
  const watchedCount = judged.filter(({ state }) => underWatch.has(state)).length;
  const together = Math.max(outageRule.fewestGuards, Math.ceil(outageRule.share * watchedCount));
  const silences = judged
    .flatMap(({ state, sinceAt }) => (state === "stale" && sinceAt ? [+sinceAt] : []))
    .sort((one, other) => one - other);
  const first = silences.find((at, index) => {
    const last = silences[index + together - 1];
    return last !== undefined && last - at <= outageRule.windowSeconds * 1000;
  });
  if (!standing) return first === undefined ? null : { sinceAt: new Date(first), heldAt: asOf };
  const stillSilent = silences.filter((at) => at >= +standing.sinceAt - outageRule.windowSeconds * 1000).length;
  if (first !== undefined || stillSilent >= together * outageRule.keepsShare) return { ...standing, heldAt: asOf };
  return +asOf - +standing.heldAt < outageRule.graceSeconds * 1000 ? standing : null;
}

import type { LiveState } from "./live-state";
import type { ShiftState } from "./shift-states";

export type Outage = {
  /** When the first of those who fell silent together was missed. */
  sinceAt: Date;
};

export const outageRule = { windowSeconds: 120, share: 0.25, fewestGuards: 5 };

/** States of guards whose positions are being watched. */
const underWatch: ReadonlySet<ShiftState> = new Set(["on-post", "uncertain", "outside", "stale"]);

/**
 * Whether the platform fell silent and not the guards: of those under watch a quarter, and at least five, went stale
 * within two minutes of one another. Null where they did not. States without incidents, which hide what lies below.
 */
export function judgeOutage(judged: readonly LiveState[]): Outage | null {
  const watchedCount = judged.filter(({ state }) => underWatch.has(state)).length;
  const together = Math.max(outageRule.fewestGuards, Math.ceil(outageRule.share * watchedCount));
  const silences = judged
    .flatMap(({ state, sinceAt }) => (state === "stale" && sinceAt ? [+sinceAt] : []))
    .sort((one, other) => one - other);
  const first = silences.find((at, index) => {
    const last = silences[index + together - 1];
    return last !== undefined && last - at <= outageRule.windowSeconds * 1000;
  });
  return first === undefined ? null : { sinceAt: new Date(first) };
}

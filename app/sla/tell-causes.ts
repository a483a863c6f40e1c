import { type Cases, type Contribution, tellContributions } from "../../db/rules/sla/contributions";
import type { CaseCounts } from "../../db/rules/sla/counts";
import { judgeShare, type Share } from "../../db/rules/sla/judge-share";

type Told<Value> = { key: string; label: string; current: Value; previous: Value };

type ShareCauses = {
  measure: "share";
  change: number | null;
  rest: number | null;
  rows: Contribution<Told<Share>>[];
  /** Groups beyond those of `rows`, and what they did in sum. */
  others: { count: number; moved: number };
};
type DurationCauses = { measure: "seconds"; rows: Told<CaseCounts | null>[]; others: { count: number } };
export type Causes = ShareCauses | DurationCauses;

/** More would not be read. */
const mostRows = 12;

/** The durations of groups beside each other, those with the most cases first; labelled by their keys. */
export function tellDurationCauses(
  groups: readonly { key: string; current: CaseCounts | null; previous: CaseCounts | null }[],
): DurationCauses {
  const rows = groups
    .map((group) => ({ ...group, label: group.key }))
    .sort((one, other) => (other.current?.n ?? 0) - (one.current?.n ?? 0));
  return { measure: "seconds", rows: rows.slice(0, mostRows), others: { count: Math.max(0, rows.length - mostRows) } };
}

/** Who moved a share, and by how much; labelled by their keys. */
export function tellShareCauses(groups: readonly { key: string; current: Cases; previous: Cases }[]): ShareCauses {
  const told = tellContributions(groups);
  const counted = told.groups.filter(({ current, previous }) => current.of + previous.of > 0);
  const others = counted.slice(mostRows);
  return {
    measure: "share",
    change: told.change,
    rest: told.rest,
    rows: counted.slice(0, mostRows).map(({ key, current, previous, moved }) => ({
      ...{ key, label: key, moved },
      current: judgeShare(current),
      previous: judgeShare(previous),
    })),
    others: { count: others.length, moved: others.reduce((sum, { moved }) => sum + (moved ?? 0), 0) },
  };
}

import type { CaseKind } from "../../db/rules/sla/counts";
import { type Definition, definitionOf, type MetricId } from "../../db/rules/sla/definitions";
import type { ShareId } from "../../db/rules/sla/judge-counts";
import { judgeShare, type Share } from "../../db/rules/sla/judge-share";
import { judgeTarget } from "../../db/rules/sla/judge-target";
import type { SetTarget } from "../../db/rules/sla/target-spans";
import type { CaseTargets } from "../../db/sla/read-cases";
import type { SlaNumbers } from "../../db/sla/read-sla";

/** What a target is held against: of durations the share in time, null without a target or a case. */
export function shareOf(id: MetricId, { shares, cases }: SlaNumbers): Share | null {
  if (definitionOf(id).measure === "share") return shares[id as ShareId];
  const { n, withinTarget } = cases[id as CaseKind];
  return withinTarget === null || n === 0 ? null : judgeShare({ hits: withinTarget, of: n });
}

/** Whether a share of shareOf meets its target. */
export function judgeAgainst({ measure, isLowerBetter }: Definition, share: Share, target: SetTarget) {
  return judgeTarget(share, target, { isLowerBetter: measure === "share" && isLowerBetter });
}

/** The durations within which a case is in time. */
export function secondsOf(targets: ReadonlyMap<MetricId, SetTarget>): CaseTargets {
  return Object.fromEntries(
    [...targets].flatMap(([id, { targetSeconds }]) => (targetSeconds ? [[id, targetSeconds]] : [])),
  );
}

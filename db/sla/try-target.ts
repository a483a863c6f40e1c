import type { ConsoleDatabase } from "../connections";
import type { CaseKind } from "../rules/sla/counts";
import { definitionOf, type MetricId } from "../rules/sla/definitions";
import type { ShareId } from "../rules/sla/judge-counts";
import { judgeTarget } from "../rules/sla/judge-target";
import type { SetTarget } from "../rules/sla/target-spans";
import { budgetPeriod } from "../rules/sla/tell-budget";
import { readSlaByGroup, type SlaNumbers } from "./read-sla";

type Wanted = Pick<SetTarget, "ratio" | "targetSeconds">;

export type TargetTrial = {
  /** Clients with a case of it, and of them those whose verdict changes. */
  judgedCount: number;
  nowMissed: string[];
  nowMet: string[];
};

/**
 * What a target would have said of the 28 days that end on `until`, client by client, held against the one `before` it.
 * `isJudged` leaves out clients that have their own.
 */
export async function tryTarget(
  db: ConsoleDatabase,
  {
    metric,
    before,
    after,
    until,
    clientId,
    isJudged,
  }: {
    metric: MetricId;
    before: Wanted | null;
    after: Wanted;
    until: string;
    clientId: number | undefined;
    isJudged: (clientId: number) => boolean;
  },
): Promise<TargetTrial> {
  const question = { filter: clientId === undefined ? {} : { clientId }, period: budgetPeriod(until) };
  const read = async (wanted: Wanted) => {
    const targets = wanted.targetSeconds === null ? {} : { targets: { [metric]: wanted.targetSeconds } };
    const groups = await readSlaByGroup(db, { ...question, ...targets, by: "client" });
    return new Map(groups.map(({ key, label, current }) => [Number(key), { label, verdict: judge(current, wanted) }]));
  };
  const [then, now] = await Promise.all([before ? read(before) : new Map<number, never>(), read(after)]);
  const trial: TargetTrial = { judgedCount: 0, nowMissed: [], nowMet: [] };
  for (const [id, { label, verdict }] of now) {
    if (verdict === null || !isJudged(id)) continue;
    trial.judgedCount += 1;
    const was = then.get(id)?.verdict;
    if (verdict === "missed" && was !== "missed") trial.nowMissed.push(label);
    if (verdict === "met" && was !== undefined && was !== "met") trial.nowMet.push(label);
  }
  return trial;

  function judge(numbers: SlaNumbers | null, wanted: Wanted) {
    if (!numbers) return null;
    const definition = definitionOf(metric);
    if (definition.measure === "share") return judgeTarget(numbers.shares[metric as ShareId], wanted, definition);
    const { n, withinTarget } = numbers.cases[metric as CaseKind];
    if (n === 0 || withinTarget === null) return null;
    const share = withinTarget / n;
    // In time is what the share counts, whatever a shorter duration is worth.
    return judgeTarget({ low: share, high: share }, wanted, { isLowerBetter: false });
  }
}

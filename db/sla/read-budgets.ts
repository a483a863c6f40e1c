import type { ConsoleDatabase } from "../connections";
import type { CaseKind, SlaCounts } from "../rules/sla/counts";
import { definitionOf, definitions, type MetricId } from "../rules/sla/definitions";
import { type JudgedShare, judgeCounts, type ShareId } from "../rules/sla/judge-counts";
import type { TargetSpan } from "../rules/sla/target-spans";
import { type Budget, type BudgetDay, budgetPeriod, mayMissOf, tellBudget } from "../rules/sla/tell-budget";
import { readCases } from "./read-cases";
import { readCounts } from "./read-counts";
import { readTargetSpans } from "./read-targets";
import type { SlaFilter } from "./standing-facts";

/**
 * The error budgets of the 28 days that end on `until`: of a client by its own targets, else by those of the house. A
 * metric without a target on any of those days is not there; null where nothing was counted. Of durations a miss is a
 * case that took longer than its target, or never came to it.
 */
export async function readBudgets(
  db: ConsoleDatabase,
  { filter, until }: { filter: SlaFilter; until: string },
): Promise<Partial<Record<MetricId, Budget | null>>> {
  const period = budgetPeriod(until);
  const { clientId } = filter;
  const [spans, days] = await Promise.all([
    readTargetSpans(db, { period, ...(clientId === undefined ? {} : { clientId }) }),
    readCounts(db, { filter, period, by: "day" }),
  ]);
  const budgets: Partial<Record<MetricId, Budget | null>> = {};
  const judged = days.map(({ key, value }) => ({ date: key, counts: value, shares: judgeCounts(value) }));
  for (const { id, measure } of definitions) {
    const own = spans.get(id);
    if (!own || own.length === 0) continue;
    const metric = id as ShareId;
    const told =
      measure === "share"
        ? judged.flatMap(({ date, counts, shares }) => tellDay(metric, own, date, shares[metric], counts) ?? [])
        : await readCaseDays(db, { filter, kind: id as CaseKind, spans: own });
    budgets[id] = tellBudget(told, until);
  }
  return budgets;
}

/** The days of each target with its own duration. */
async function readCaseDays(
  db: ConsoleDatabase,
  { filter, kind, spans }: { filter: SlaFilter; kind: CaseKind; spans: readonly TargetSpan[] },
): Promise<BudgetDay[]> {
  const ofSpans = spans.map(async ({ target, ...period }) => {
    const days = await readCases(db, { filter, period, by: "day", targets: { [kind]: target.targetSeconds ?? 0 } });
    return days.map(({ key, value }) => {
      const { n, withinTarget } = value[kind];
      const missed = n - (withinTarget ?? 0);
      return { date: key, of: n, mayMiss: 1 - target.ratio, missed, leastMissed: missed, mostMissed: missed };
    });
  });
  return (await Promise.all(ofSpans)).flat();
}

function tellDay(
  metric: ShareId,
  spans: readonly TargetSpan[],
  date: string,
  { hits, of, low, high }: JudgedShare,
  { outside, uncertain }: SlaCounts,
): BudgetDay | undefined {
  const target = spans.find(({ from, until }) => from <= date && date <= until)?.target;
  if (!target) return undefined;
  const definition = definitionOf(metric);
  const day = { date, of, mayMiss: mayMissOf(target.ratio, definition) };
  // Uncertain check-ins are in no number of cases.
  if (metric === "in-geofence")
    return { ...day, missed: outside, leastMissed: outside, mostMissed: outside + uncertain };
  const [least, most] = [(low ?? 0) * of, (high ?? 0) * of].map((cases) => Math.round(cases)) as [number, number];
  return definition.isLowerBetter
    ? { ...day, missed: hits, leastMissed: least, mostMissed: most }
    : { ...day, missed: of - hits, leastMissed: of - most, mostMissed: of - least };
}

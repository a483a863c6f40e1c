import { consoleDatabase } from "../../db/connections";
import type { MetricId } from "../../db/rules/sla/definitions";
import { judgeStanding } from "../../db/rules/sla/judge-standing";
import type { SetTarget } from "../../db/rules/sla/target-spans";
import { settleSeconds } from "../../db/sla/freeze-range";
import { listSlaChoices } from "../../db/sla/list-sla-choices";
import { readBudgets } from "../../db/sla/read-budgets";
import { readSlaAge, readSlaSeries, readSlaSummary } from "../../db/sla/read-sla";
import { readTargets } from "../../db/sla/read-targets";
import { readNumbersQuestion } from "./numbers-question";
import { readCauses } from "./read-causes.server";
import { secondsOf } from "./share-of";
import { tellTrends } from "./tell-trends";

/** Everything that the page of the numbers shows of what `params` ask. */
export async function readSla(params: URLSearchParams) {
  const asOf = new Date();
  const question = readNumbersQuestion(params, asOf);
  const { filter, period, against, metric, step } = question;
  const db = consoleDatabase();
  const isCompared = against.kind !== "previous";
  const targets = await readTargets(db, { clientId: filter.clientId, at: period.until });
  const [numbers, causes, series, otherSeries, age, choices, budgets] = await Promise.all([
    readSlaSummary(db, { filter, period, against, targets: secondsOf(targets) }),
    readCauses(db, question),
    readSlaSeries(db, { filter, period, by: step }),
    isCompared ? readSlaSeries(db, { ...against, by: step }) : [],
    readSlaAge(db),
    listSlaChoices(db, filter),
    readBudgets(db, { filter, until: period.until }),
  ]);
  return {
    question,
    choices,
    numbers,
    budgets,
    targets: Object.fromEntries(targets) as Partial<Record<MetricId, SetTarget>>,
    causes,
    trends: tellTrends(
      { period, series },
      { other: isCompared ? { period: against.period, series: otherSeries } : null, step, metric },
    ),
    standing: judgeStanding(age, { asOf, settleSeconds }),
    firstDate: age.firstDate,
  };
}

export type SlaRead = Awaited<ReturnType<typeof readSla>>;

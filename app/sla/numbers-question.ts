import { isMetricId, type MetricId } from "../../db/rules/sla/definitions";
import { daysOf, type Period, previousPeriod } from "../../db/rules/sla/period";
import type { SlaFilter } from "../../db/sla/standing-facts";
import { isDate, type RangedAddress, readId, readSlaAddress, refusePeriod, type SlaAddress } from "./sla-question";

export const causes = { client: "Clients", company: "Companies", region: "Regions", location: "Locations" } as const;
export const steps = { day: "Day", week: "Week", month: "Month", "28 days": "28 days" } as const;

export type Cause = keyof typeof causes;
export type Step = keyof typeof steps;

/** What the numbers are held against. */
export type Against = {
  kind: "previous" | "period" | "client";
  filter: SlaFilter;
  period: Period;
};

/** What the page of the numbers asks besides what every page of the room does. */
export type NumbersQuestion = RangedAddress & {
  against: Against;
  /** Of which number the page tells who changed it. */
  metric: MetricId;
  by: Cause;
  step: Step;
};

/** `against` (`from..until`) or `againstClient`, `metric`, `by`, `step`; what is left out is chosen by the period. */
export function readNumbersQuestion(params: URLSearchParams, asOf: Date): NumbersQuestion {
  const address = readSlaAddress(params, asOf);
  const metric = params.get("metric") ?? "";
  const by = params.get("by") ?? "";
  const step = params.get("step") ?? "";
  return {
    ...address,
    against: readAgainst(params, address),
    metric: isMetricId(metric) ? metric : "on-time",
    by: isKey(causes, by) ? by : address.filter.clientId === undefined ? "client" : "location",
    step: isKey(steps, step) ? step : usualStep(address.period),
  };
}

function readAgainst(params: URLSearchParams, { filter, period, problems }: SlaAddress): Against {
  const previous: Against = { kind: "previous", filter, period: previousPeriod(period) };
  const clientId = readId(params, "againstClient", problems, "another client");
  if (clientId !== null && clientId === filter.clientId) {
    problems.push("A client cannot be compared with itself; the numbers are held against the period before.");
  } else if (clientId !== null) {
    return { kind: "client", filter: { ...filter, clientId }, period };
  }
  const text = params.get("against")?.trim();
  if (!text) return previous;
  const [from = "", until = "", ...rest] = text.split("..");
  if (rest.length > 0 || !isDate(from) || !isDate(until)) {
    problems.push(
      `"${text.slice(0, 40)}" is no period to compare with; one is written like 2026-03-01..2026-03-28. It was left out.`,
    );
    return previous;
  }
  const objection = refusePeriod({ from, until });
  if (!objection) return { kind: "period", filter, period: { from, until } };
  problems.push(`${objection} The numbers are held against the period before.`);
  return previous;
}

/** Some 10 to 40 points. */
function usualStep(period: Period): Step {
  const days = daysOf(period);
  return days <= 40 ? "day" : days <= 190 ? "week" : "month";
}

function isKey<Keys extends object>(keys: Keys, text: string): text is keyof Keys & string {
  return Object.hasOwn(keys, text);
}

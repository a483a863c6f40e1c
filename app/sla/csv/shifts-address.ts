import { definitions, type MetricId } from "../../../db/rules/sla/definitions";
import type { Grouping } from "../../../db/sla/groupings";
import type { Part } from "../../../db/sla/list-sla-shifts";

/** Which shifts of the period: those behind one number, of one group; without a metric all of them. */
export type ShiftsQuestion = { metric?: MetricId; part: Part; group?: { by: Grouping; key: string } };

const metrics = definitions.map(({ id }) => id);
const parts: readonly Part[] = ["misses", "counted", "left out"];
const groupings: readonly Grouping[] = [
  ...(["all", "client", "company", "region", "location", "day", "week", "month", "28 days", "hour"] as const),
];

/** `metric`, `part`, and one group: `by` with its `key`. What cannot be meant stands in `problems`, a sentence each. */
export function readShiftsQuestion(params: URLSearchParams): ShiftsQuestion & { problems: string[] } {
  const problems: string[] = [];
  const choose = <Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined => {
    const text = params.get(name)?.trim();
    if (!text) return undefined;
    const found = choices.find((choice) => choice === text || choice.replaceAll(" ", "-") === text);
    if (!found) problems.push(`"${text.slice(0, 40)}" is no ${name}; there are ${choices.join(", ")}.`);
    return found;
  };
  const [metric, part, by] = [choose("metric", metrics), choose("part", parts), choose("by", groupings)];
  const key = params.get("key")?.slice(0, 100);
  if (key && !by) problems.push(`It asks for the group "${key.slice(0, 40)}" and does not say by what.`);
  if (part && !metric) problems.push(`It asks for ${part} and does not say of which metric.`);
  return {
    ...(metric ? { metric } : {}),
    part: part ?? "counted",
    ...(by && key ? { group: { by, key } } : {}),
    problems,
  };
}

import { consoleDatabase } from "../../../db/connections";
import { definitionOf } from "../../../db/rules/sla/definitions";
import { listSlaChoices } from "../../../db/sla/list-sla-choices";
import { readSlaHeat } from "../../../db/sla/read-sla";
import { readSlaAddress } from "../sla-question";
import { heatMetrics } from "./heat-metrics";

/** One share by the hour of the week in which shifts started, on the clocks of their locations. */
export async function readSlaHours(params: URLSearchParams) {
  const readAt = new Date();
  const address = readSlaAddress(params, readAt);
  const asked = params.get("metric");
  const metric = heatMetrics.find((id) => id === asked) ?? "on-time";
  const problems =
    asked && asked !== metric ? [`"${asked.slice(0, 40)}" is no share; this is ${definitionOf(metric).title}.`] : [];
  const db = consoleDatabase();
  const [cells, choices] = await Promise.all([readSlaHeat(db, address), listSlaChoices(db, address.filter)]);
  return {
    ...address,
    readAt,
    metric,
    choices,
    problems: [...address.problems, ...problems],
    cells: cells.map(({ weekday, hour, shares }) => ({ weekday, hour, share: shares[metric] })),
  };
}

export type SlaHoursRead = Awaited<ReturnType<typeof readSlaHours>>;

import { formatBytes } from "~/ui/format";
import { consoleDatabase } from "../../db/connections";
import { listDailySamples } from "../../db/database/list-panel-samples";
import type { Panel, PanelColumn } from "../../db/panel";
import { fewestDays, forecastOf, growthOf } from "../../db/rules/database/growth";

export type ForecastLine = { label: string; value: string; note: string };

/** What a size comes to if it goes on as it went, in lines to be read; none where the panel tells nothing ahead. */
export async function readForecast({ id, columns, history }: Panel, subject: string): Promise<ForecastLine[]> {
  const column = history?.forecast;
  if (!column || subject === "") return [];
  const { label } = columns[column] as PanelColumn;
  const growth = growthOf(await listDailySamples(consoleDatabase(), { panel: id, subject, column, asOf: new Date() }));
  if (!growth) {
    const note = `told when ${fewestDays} days lie between the first sample and the last, and 7 have one`;
    return [{ label: `${label} ahead`, value: "unknown", note }];
  }
  const { dayCount, spanDays, perDay } = growth;
  return [
    ...[30, 90].map((days) => {
      const { low, mid, high } = forecastOf(growth, days);
      const note = `${formatBytes(low)} to ${formatBytes(high)}, as 8 of 10 pairs of days at least a week apart`;
      return { label: `${label} in ${days} days`, value: formatBytes(mid), note };
    }),
    {
      label: "Told from",
      value: `${dayCount} of ${Math.round(spanDays) + 1} days`,
      note: `the median is ${perDay < 0 ? "−" : ""}${formatBytes(Math.abs(perDay))} a day; the server does not tell how much of the disk is free`,
    },
  ];
}

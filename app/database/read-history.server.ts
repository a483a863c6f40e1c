import { consoleDatabase } from "../../db/connections";
import {
  listPanelSamples,
  listSampledSubjects,
  type PanelSample,
  resolutionFor,
} from "../../db/database/list-panel-samples";
import { listSampledParts, listSampledRows, type SampledRow } from "../../db/database/list-sampled-parts";
import type { Panel, PanelColumn } from "../../db/panel";
import { breakAtGaps, toRates } from "../../db/rules/database/rates";
import { readPeriod } from "./history-range";
import { type ForecastLine, readForecast } from "./read-forecast.server";
import type { Series } from "./series";

/** A line breaks where so many samples in a row are missing. */
const mostMissing = 3;

/**
 * What the worker stored over the range that the address asks for: each number of one row, or, where absent rows stand
 * at zero, each part of all rows and what each row came to.
 */
export async function readHistory(panel: Panel, search: URLSearchParams) {
  const { id, everySeconds = 60, history } = panel;
  const now = new Date();
  const period = readPeriod(search, now);
  const { from, to } = period;
  const resolutionSeconds = resolutionFor(from, now, everySeconds);
  const read = {
    ...{ period, resolutionSeconds, subject: "", sampleCount: 0 },
    ...{ subjects: [] as string[], series: [] as Series[], rows: [] as SampledRow[] },
    forecast: [] as ForecastLine[],
  };
  if (period.complaint) return read;
  const db = consoleDatabase();
  const mostGapSeconds = mostMissing * resolutionSeconds;
  if (history?.isAbsentZero) {
    const column = history.columns[0] as string;
    const asked = { panel: id, column, resolutionSeconds, from, to };
    const [samples, rows] = [await listSampledParts(db, asked), await listSampledRows(db, asked)];
    return {
      ...read,
      rows,
      series: toParts(panel, samples, rows, column, mostGapSeconds),
      sampleCount: samples.length,
    };
  }
  const subjects = await listSampledSubjects(db, { panel: id, resolutionSeconds, from, to });
  const asked = search.get("row");
  const subject = asked !== null && subjects.includes(asked) ? asked : (subjects[0] ?? "");
  const samples = await listPanelSamples(db, { panel: id, subject, resolutionSeconds, from, to });
  const series = (history?.columns ?? []).map((column) => toSeries(panel, samples, column, mostGapSeconds));
  const forecast = await readForecast(panel, subject);
  return { ...read, subjects, subject, series, forecast, sampleCount: samples.length };
}

export type PanelHistory = Awaited<ReturnType<typeof readHistory>>;

function toSeries({ columns }: Panel, samples: PanelSample[], column: string, mostGapSeconds: number): Series {
  const { label, unit, isCounter = false } = columns[column] as PanelColumn;
  const points = samples.map(({ sampledAt, measured }) => ({ at: sampledAt, value: measured[column] ?? null }));
  return { column, label, unit, isRate: isCounter, points: isCounter ? toRates(points, mostGapSeconds) : points };
}

/** A line for each first word of the rows' names. */
function toParts(
  { columns }: Panel,
  samples: PanelSample[],
  rows: SampledRow[],
  column: string,
  mostGapSeconds: number,
): Series[] {
  const { unit } = columns[column] as PanelColumn;
  const parts = [...new Set(rows.map(({ subject }) => subject.split(" · ")[0] as string))];
  return parts.map((part) => {
    const points = samples.map(({ sampledAt, measured }) => ({ at: sampledAt, value: measured[part] ?? 0 }));
    return { column: part, label: part, unit, isRate: false, points: breakAtGaps(points, mostGapSeconds) };
  });
}

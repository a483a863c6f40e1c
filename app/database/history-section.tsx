import { lazy, Suspense } from "react";

import { useIsHydrated } from "~/ui/clock";
import { EmptyState } from "~/ui/empty-state";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatSeconds } from "~/ui/format";
import { Section } from "~/ui/page";
import { toRates } from "../../db/rules/database/rates";
import { CsvLink } from "./csv-link";
import type { PanelSummary } from "./describe-panel.server";
import { periodSearch } from "./history-range";
import { HistoryTable } from "./history-table";
import { PeriodFields } from "./period-fields";
import type { PanelHistory } from "./read-panel-page.server";

const HistoryChart = lazy(() => import("./history-chart"));

export type Series = {
  column: string;
  label: string;
  unit: PanelSummary["columns"][string]["unit"];
  /** Drawn by what it grew a second. */
  isRate: boolean;
  points: { at: Date; value: number | null }[];
};

/** What the worker stored of one row of the panel, one chart for each number over one range of time. */
export function HistorySection({ panel, history }: { panel: PanelSummary; history: PanelHistory }) {
  const isHydrated = useIsHydrated();
  const { period } = history;
  const series = panel.historyColumns.map((column) => toSeries(panel, history, column));
  return (
    <Section
      title="History"
      note={`one sample each ${formatSeconds(history.resolutionSeconds)}`}
      actions={period.complaint === null && <CsvLink to={`/database/${panel.id}/history.csv?${csvSearch(history)}`} />}
    >
      <FilterForm clearTo={null}>
        <PeriodFields period={period} />
        {panel.key.length > 0 && history.subjects.length > 0 && (
          <SelectField
            label={panel.columns[panel.key[0] as string]?.label ?? "Row"}
            name="row"
            defaultValue={history.subject}
            options={history.subjects.map((value) => ({ value, label: value }))}
          />
        )}
      </FilterForm>
      {period.complaint ? null : history.samples.length < 2 ? (
        <EmptyState title="Fewer than two samples in this range">
          The worker stores one each {formatSeconds(history.resolutionSeconds)} in a range of this length.
        </EmptyState>
      ) : (
        <>
          <div className="mt-4 grid gap-5 lg:grid-cols-2">
            {isHydrated && (
              <Suspense fallback={<p className="text-muted">Loading the charts</p>}>
                {series.map((one) => (
                  <HistoryChart key={one.column} series={one} from={period.from} to={period.to} />
                ))}
              </Suspense>
            )}
          </div>
          <HistoryTable series={series} />
        </>
      )}
    </Section>
  );
}

function csvSearch({ period, subject }: PanelHistory): URLSearchParams {
  const search = periodSearch(period);
  if (subject !== "") search.set("row", subject);
  return search;
}

function toSeries({ columns }: PanelSummary, { samples, resolutionSeconds }: PanelHistory, column: string): Series {
  const { label, unit, isCounter = false } = columns[column] as PanelSummary["columns"][string];
  const points = samples.map(({ sampledAt, measured }) => ({ at: sampledAt, value: measured[column] ?? null }));
  return {
    column,
    label,
    unit,
    isRate: isCounter,
    points: isCounter ? toRates(points, 3 * resolutionSeconds) : points,
  };
}

import { lazy } from "react";

import { Deferred } from "~/ui/deferred";
import { EmptyState } from "~/ui/empty-state";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatSeconds } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import { CsvLink } from "./csv-link";
import type { PanelSummary } from "./describe-panel.server";
import { periodSearch } from "./history-range";
import { HistoryRows } from "./history-rows";
import { HistoryTable } from "./history-table";
import { PeriodFields } from "./period-fields";
import type { PanelHistory } from "./read-history.server";

const HistoryChart = lazy(() => import("./history-chart"));

/**
 * What the worker stored over one range of time: one chart for each number of one row of the panel, or for each part
 * of its rows where absent ones stand at zero.
 */
export function HistorySection({ panel, history }: { panel: PanelSummary; history: PanelHistory }) {
  const { period, series } = history;
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
      {history.forecast.length > 0 && <KeyValue entries={history.forecast} />}
      {period.complaint ? null : history.sampleCount < 2 ? (
        <EmptyState title="Fewer than two samples in this range">
          The worker stores one each {formatSeconds(history.resolutionSeconds)} in a range of this length.
        </EmptyState>
      ) : (
        <>
          <div className="mt-4 grid gap-5 lg:grid-cols-2">
            <Deferred>
              {series.map((one) => (
                <HistoryChart key={one.column} series={one} from={period.from} to={period.to} />
              ))}
            </Deferred>
          </div>
          {series.length > 0 && <HistoryTable series={series} />}
          {panel.isAbsentZero && <HistoryRows panel={panel} history={history} />}
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

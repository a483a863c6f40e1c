import { Link } from "@remix-run/react";
import { lazy, Suspense } from "react";

import { useIsHydrated } from "~/ui/clock";
import { Deferred } from "~/ui/deferred";
import { EmptyState } from "~/ui/empty-state";
import { FilterForm } from "~/ui/filter-form";
import { formatCount, formatPercent, formatSeconds } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { LoadingState } from "~/ui/loading-state";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { DatabaseTabs } from "./database-tabs";
import { describePeriod, periodSearch } from "./history-range";
import { HistoryTable } from "./history-table";
import { PeriodFields } from "./period-fields";
import type { StatementRead } from "./read-statements.server";
import type { Series } from "./series";

const HistoryChart = lazy(() => import("./history-chart"));
const PlanSection = lazy(() => import("./plan-section"));
const AdviceSection = lazy(() => import("./advice-section"));

/** One statement: its text, who runs it, and what it cost over time. */
export function StatementPage({ read }: { read: StatementRead }) {
  const { queryId, text, firstSeenAt, period, users, alike, minutes, resolutionSeconds, canMeasure } = read;
  const isHydrated = useIsHydrated();
  const series = toSeries(minutes);
  return (
    <Page
      title={`Statement ${queryId}`}
      description="The id belongs to this server's version; an upgrade or a recreated table begins another."
      age={
        <>
          First seen <Age at={firstSeenAt} />
        </>
      }
    >
      <DatabaseTabs current="statements" />
      <Section title="Text" note="constants are replaced by the server">
        <pre className="overflow-x-auto font-mono text-xs whitespace-pre-wrap">{text}</pre>
      </Section>
      <Section title="Over time" note={`by ${formatSeconds(resolutionSeconds)}`}>
        <FilterForm clearTo={null}>
          <PeriodFields period={period} />
        </FilterForm>
        {period.complaint ? null : minutes.length === 0 ? (
          <EmptyState title="It was not called in this range" />
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
      <Deferred fallback={<LoadingState label="the plan" />}>
        <PlanSection key={`plan-${queryId}`} queryId={queryId} canMeasure={canMeasure} />
        <AdviceSection key={`advice-${queryId}`} queryId={queryId} />
      </Deferred>
      <Section title="Who runs it" note={`in ${describePeriod(period)}`}>
        {users.length === 0 ? (
          <p className="text-muted">Nobody in this range.</p>
        ) : (
          <KeyValue
            entries={users.map((one) => ({
              label: one.userName,
              value: `${formatCount(one.calls)} calls, ${formatSeconds(one.meanMilliseconds / 1000)} each`,
              note: `${formatPercent(one.timeRatio)} of all execution time`,
            }))}
          />
        )}
      </Section>
      {alike.length > 0 && (
        <Section title="The same under other ids" note="other lengths of lists, a table made anew, another version">
          <KeyValue
            entries={alike.map((one) => ({
              label: one.queryId,
              value: (
                <Link
                  to={`/database/statements/${one.queryId}?${periodSearch(period)}`}
                  className="text-accent underline"
                >
                  {one.calls === 0
                    ? "not called in this range"
                    : `${formatCount(one.calls)} calls, ${formatSeconds(one.totalMilliseconds / one.calls / 1000)} each`}
                </Link>
              ),
              note: (
                <>
                  first seen <Age at={one.firstSeenAt} />
                </>
              ),
            }))}
          />
        </Section>
      )}
    </Page>
  );
}

function toSeries(minutes: StatementRead["minutes"]): Series[] {
  const series = (
    column: string,
    label: string,
    unit: Series["unit"],
    of: (one: (typeof minutes)[number]) => number,
  ) => ({
    column,
    label,
    unit,
    isRate: false,
    points: minutes.map((one) => ({ at: one.sampledAt, value: of(one) })),
  });
  return [
    series("calls", "Calls", "count", ({ calls }) => calls),
    series("mean", "Mean time", "milliseconds", ({ calls, totalMilliseconds }) => totalMilliseconds / calls),
    series("rows", "Rows a call", "count", ({ calls, rows }) => rows / calls),
    series("io", "Blocks read a call", "count", ({ calls, readBlocks }) => readBlocks / calls),
  ];
}

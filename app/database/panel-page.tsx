import { Link, useSearchParams } from "@remix-run/react";
import { clsx } from "clsx";
import { lazy } from "react";

import { Badge } from "~/ui/badge";
import { Deferred } from "~/ui/deferred";
import { EmptyState } from "~/ui/empty-state";
import { formatCount, formatSeconds } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { LoadingState } from "~/ui/loading-state";
import { Page, Section } from "~/ui/page";
import { DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import { useRefresh } from "~/ui/use-refresh";
import { CsvLink } from "./csv-link";
import { DatabaseTabs } from "./database-tabs";
import type { PanelSummary } from "./describe-panel.server";
import { formatMeasured } from "./format-cell";
import { HistorySection } from "./history-section";
import { columnsOf } from "./panel-columns";
import type { PanelPageRead } from "./read-panel-page.server";
import { refreshSeconds } from "./refresh-seconds";
import { RunbookLines } from "./runbook-lines";

/** What can be done stays in sight where the table is wider than its place. */
const pinnedAct =
  "md:[&_:is(td,th):last-child]:sticky md:[&_:is(td,th):last-child]:right-0 md:[&_td:last-child]:bg-surface md:[&_tr:hover_td:last-child]:bg-hover";

const WayOutSection = lazy(() => import("./way-out-section"));

/** Any panel: what it asks, what the server answers now, from which limit on that is bad, and the way out. */
export function PanelPage({ read: { panel, reading, history, wayOut, runbook } }: { read: PanelPageRead }) {
  useRefresh(refreshSeconds);
  const only = panel.key.length === 0 && reading.state === "read" ? reading.rows[0] : undefined;
  return (
    <Page
      title={panel.title}
      description={panel.question}
      age={
        <>
          Read <Age at={reading.readAt} />
        </>
      }
    >
      <DatabaseTabs current={null} />
      <Section
        title="Now"
        note={reading.state === "read" ? describeCost(panel, reading) : undefined}
        flush={!only}
        actions={<CsvLink to={`/database/${panel.id}.csv`} />}
      >
        {only ? (
          <KeyValue entries={columnsOf(panel).map(({ header, cell }) => ({ label: header, value: cell(only) }))} />
        ) : reading.state === "read" ? (
          <div className={clsx("overflow-x-auto", panel.hasAct && pinnedAct)}>
            <DataTable
              caption={panel.title}
              rows={reading.rows}
              columns={columnsOf(panel)}
              rowId={({ name }) => name}
              empty={<EmptyState title={panel.empty} />}
            />
          </div>
        ) : (
          <EmptyState title="Unknown, which is not fine">{reading.sentence}</EmptyState>
        )}
      </Section>
      {wayOut && <WayOut wayOut={wayOut} />}
      {history && <HistorySection panel={panel} history={history} />}
      <Section title="How it is judged">
        <KeyValue entries={[...describeLimits(panel), ...describeColumns(panel)]} />
      </Section>
      {runbook && (
        <Section title="Runbook" actions={<AllOfIt id={panel.id} />}>
          <RunbookLines section={runbook} />
        </Section>
      )}
    </Page>
  );
}

/** In its place at once, so that the address leads to it; its script comes after. */
function WayOut({ wayOut }: { wayOut: NonNullable<PanelPageRead["wayOut"]> }) {
  const [search] = useSearchParams();
  const without = new URLSearchParams(search);
  without.delete("way");
  return (
    <div id="way-out">
      <Deferred fallback={<LoadingState label="the way out" rows={3} />}>
        <WayOutSection wayOut={wayOut} closeTo={`?${without}`} />
      </Deferred>
    </div>
  );
}

function describeCost(
  { everySeconds }: PanelSummary,
  { tookMilliseconds, rows, isCut }: Extract<PanelPageRead["reading"], { state: "read" }>,
): string {
  const count = `${isCut ? "the first " : ""}${formatCount(rows.length)} ${rows.length === 1 ? "row" : "rows"}`;
  return `${count}; cost the server ${formatSeconds(tookMilliseconds / 1000)}, asked by the worker every ${formatSeconds(everySeconds)}`;
}

function describeLimits({ threshold, columns, remedy, source }: PanelSummary) {
  const column = threshold && columns[threshold.column];
  const word = threshold?.worseWhen === "above" ? "above" : "below";
  return [
    ...(threshold && column
      ? [
          {
            label: "Limits",
            value: (
              <span className="inline-flex flex-wrap gap-2">
                <Badge severity="warning">
                  warning {word} {formatMeasured(threshold.warning, column.unit)}
                </Badge>
                {threshold.critical !== null && (
                  <Badge severity="critical">
                    critical {word} {formatMeasured(threshold.critical, column.unit)}
                  </Badge>
                )}
              </span>
            ),
            note: `of ${column.label.toLowerCase()}`,
          },
          { label: "Where they come from", value: <Source text={threshold.source} /> },
        ]
      : [{ label: "Limits", value: "It tells, it does not judge." }]),
    { label: "What to do", value: remedy },
    { label: "Read from", value: <Source text={source} /> },
  ];
}

function describeColumns({ columns, hasWayOut }: PanelSummary) {
  return Object.values(columns).flatMap(({ label, description, unit }) =>
    description && !(hasWayOut && unit === "sql")
      ? [{ label, value: <span className="text-muted">{description}</span> }]
      : [],
  );
}

function AllOfIt({ id }: { id: string }) {
  return (
    <Link to={`/database/runbook#${id}`} className="text-accent text-xs underline">
      In the whole runbook
    </Link>
  );
}

function Source({ text }: { text: string }) {
  if (!text.startsWith("https://")) return <>{text}</>;
  return (
    <a href={text} rel="noreferrer" target="_blank" className="text-accent underline">
      {text.replace("https://www.", "")}
    </a>
  );
}

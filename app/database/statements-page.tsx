import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatBytes, formatCount, formatPercent, formatSeconds } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import { CsvLink } from "./csv-link";
import { DatabaseTabs } from "./database-tabs";
import { describePeriod, periodSearch } from "./history-range";
import { PeriodFields } from "./period-fields";
import type { StatementsRead } from "./read-statements.server";

type Statement = StatementsRead["statements"][number];

const orderTitles = {
  total: "Total time",
  mean: "Mean time",
  calls: "Calls",
  rows: "Rows",
  io: "Blocks read",
  temporary: "Temporary blocks",
  wal: "WAL",
} as const;

const columns: Column<Statement>[] = [
  {
    id: "statement",
    header: "Statement",
    isFilling: true,
    cell: ({ text, queryId }) => (
      <code className="line-clamp-2 font-mono text-xs whitespace-normal">
        {queryId === "0"
          ? "Everything too small to be kept by itself"
          : (text ?? "Its text was gone before it was read")}
      </code>
    ),
  },
  { id: "change", header: "Change", cell: Change },
  {
    id: "total",
    header: "Total",
    align: "end",
    cell: ({ totalMilliseconds }) => formatSeconds(totalMilliseconds / 1000),
  },
  { id: "share", header: "Share", align: "end", cell: ({ timeRatio }) => formatPercent(timeRatio) },
  { id: "calls", header: "Calls", align: "end", cell: ({ calls }) => formatCount(calls) },
  { id: "mean", header: "Mean", align: "end", cell: ({ meanMilliseconds }) => formatSeconds(meanMilliseconds / 1000) },
  { id: "rows", header: "Rows", align: "end", isWideOnly: true, cell: ({ rows }) => formatCount(rows) },
  {
    id: "io",
    header: "Blocks read",
    align: "end",
    isWideOnly: true,
    cell: ({ readBlocks }) => formatCount(readBlocks),
  },
  { id: "wal", header: "WAL", align: "end", isWideOnly: true, cell: ({ walBytes }) => formatBytes(walBytes) },
  { id: "user", header: "User", isWideOnly: true, cell: ({ userName }) => userName },
];

/** What every statement cost over a range of time, dearest first, against the equal range before. */
export function StatementsPage({ read }: { read: StatementsRead }) {
  const { period, readAt, order, change, evictions, statements, matched } = read;
  return (
    <Page
      title="Statements"
      description={`What each statement cost in ${describePeriod(period)}, against the equal time before.`}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <DatabaseTabs current="statements" />
      <FilterForm clearTo={null}>
        <PeriodFields period={period} />
        <SelectField
          label="Dearest by"
          name="by"
          defaultValue={order}
          options={Object.entries(orderTitles).map(([value, label]) => ({ value, label }))}
        />
        <SelectField label="Change" name="change" defaultValue={change} options={changeOptions} />
      </FilterForm>
      <p className="text-muted">
        {period.complaint === null && `${describeEvictions(evictions)} ${describeCompared(read)}`}{" "}
        <Link to="/database/statement-capacity" className="text-accent underline">
          Room for statements
        </Link>
      </p>
      <Section
        title="Statements"
        note={describeCount(statements.length, matched)}
        actions={period.complaint === null && <CsvLink to={`/database/statements.csv?${csvSearch(read)}`} />}
        flush
      >
        <DataTable
          caption="Statements, dearest first"
          rows={statements}
          columns={columns}
          rowId={({ queryId, userName }) => `${queryId} ${userName}`}
          rowHref={({ queryId }) => `/database/statements/${queryId}?${periodSearch(period)}`}
          empty={
            <EmptyState title={change === "any" ? "Nothing was counted in this range" : `No statement is ${change}`}>
              The worker counts from its second minute on. Without pg_stat_statements there is nothing to count.
            </EmptyState>
          }
        />
      </Section>
    </Page>
  );
}

const changeOptions = [
  { value: "any", label: "Any" },
  { value: "new", label: "New" },
  { value: "slower", label: "Slower" },
];

function describeEvictions(evictions: number | null): string {
  if (evictions === null) return "It is not known whether statements were evicted in this range.";
  if (evictions === 0) return "No statement was evicted in this range: every call was counted.";
  const times = evictions === 1 ? "once" : `${formatCount(evictions)} times`;
  return `Statements were evicted ${times} in this range, each time a twentieth of them: what they cost is told too low.`;
}

function describeCompared({ isCompared, countedFrom }: StatementsRead): string {
  if (isCompared || countedFrom === null) return "";
  return `Statements are counted since ${formatInstant(countedFrom)}, so the time before is not known whole and nothing is called new or slower.`;
}

function csvSearch({ period, order, change }: StatementsRead): URLSearchParams {
  const search = periodSearch(period);
  search.set("by", order);
  search.set("change", change);
  return search;
}

function describeCount(shown: number, matched: number): string {
  const cut = shown < matched ? `the first ${formatCount(shown)} of ${formatCount(matched)}; ` : "";
  return `${cut}told by what was counted each minute; the console's own are left out`;
}

function Change({ change }: Statement) {
  if (change === "steady" || change === "unknown") return null;
  return <Badge severity={change === "slower" ? "warning" : "notice"}>{change}</Badge>;
}

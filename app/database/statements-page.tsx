import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { SelectField } from "~/ui/field";
import { FilterForm } from "~/ui/filter-form";
import { formatBytes, formatCount, formatPercent, formatSeconds } from "~/ui/format";
import { Page, Section } from "~/ui/page";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import { DatabaseTabs } from "./database-tabs";
import { ranges } from "./history-range";
import { judgeChange } from "./judge-change";
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
  { id: "change", header: "Change", cell: (one) => <Change {...one} /> },
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
  const { range, order, change, evictions, statements, to } = read;
  return (
    <Page
      title="Statements"
      description={`What each statement cost in the last ${ranges[range].label}, against the ${ranges[range].label} before.`}
      age={
        <>
          Read <Age at={to} />
        </>
      }
    >
      <DatabaseTabs current="statements" />
      <FilterForm clearTo={null}>
        <SelectField
          label="Range"
          name="range"
          defaultValue={range}
          options={Object.entries(ranges).map(([value, { label }]) => ({ value, label }))}
        />
        <SelectField
          label="Dearest by"
          name="by"
          defaultValue={order}
          options={Object.entries(orderTitles).map(([value, label]) => ({ value, label }))}
        />
        <SelectField label="Change" name="change" defaultValue={change} options={changeOptions} />
      </FilterForm>
      <p className="text-muted">
        {describeEvictions(evictions)}{" "}
        <Link to="/database/statement-capacity" className="text-accent underline">
          Room for statements
        </Link>
      </p>
      <Section title="Statements" note="told by what was counted each minute; the console's own are left out" flush>
        <DataTable
          caption="Statements, dearest first"
          rows={statements}
          columns={columns}
          rowId={({ queryId, userName }) => `${queryId} ${userName}`}
          rowHref={({ queryId }) => `/database/statements/${queryId}?range=${range}`}
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

function Change(statement: Statement) {
  const change = judgeChange(statement);
  if (change === "steady") return null;
  return <Badge severity={change === "slower" ? "warning" : "notice"}>{change}</Badge>;
}

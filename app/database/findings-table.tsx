import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import { formatMeasured } from "./format-cell";
import type { Overview } from "./read-overview.server";

type Found = Overview["findings"][number];

const columns: Column<Found>[] = [
  {
    id: "finding",
    header: "Finding",
    isFilling: true,
    cell: ({ sentence }) => <span className="whitespace-normal">{sentence}</span>,
  },
  { id: "severity", header: "Severity", cell: ({ severity }) => <Badge severity={severity}>{severity}</Badge> },
  { id: "value", header: "Measured", align: "end", cell: ({ panel, value }) => describeValue(panel, value) },
  {
    id: "limit",
    header: "Limit",
    align: "end",
    isWideOnly: true,
    cell: ({ panel, severity }) => limitOf(panel, severity),
  },
  {
    id: "panel",
    header: "Panel",
    isWideOnly: true,
    cell: ({ panel }) => <span className="text-muted">{panel.title}</span>,
  },
  {
    id: "runbook",
    header: "What to do",
    isWideOnly: true,
    cell: ({ panel }) => (
      <Link
        to={`/database/runbook#${panel.id}`}
        className="relative text-accent underline"
        aria-label={`Runbook of ${panel.title}`}
      >
        Runbook
      </Link>
    ),
  },
  { id: "since", header: "Since", cell: ({ beganAt }) => <Age at={beganAt} /> },
];

/** One line for each finding, worst first; the line leads to its panel. */
export function FindingsTable({ findings }: { findings: Found[] }) {
  return (
    <DataTable
      caption="Findings, worst first"
      rows={findings}
      columns={columns}
      rowId={({ id }) => id}
      rowHref={({ panel }) => `/database/${panel.id}`}
      empty={
        <EmptyState title="No panel that could be read found anything wrong">
          Each panel below says what it looks for and from which limit on it speaks.
        </EmptyState>
      }
    />
  );
}

function describeValue({ threshold, columns: panelColumns }: Found["panel"], value: number): string {
  const column = threshold && panelColumns[threshold.column];
  return column && column.unit !== "level" ? formatMeasured(value, column.unit) : "";
}

function limitOf({ threshold, columns: panelColumns }: Found["panel"], severity: Found["severity"]): string {
  const column = threshold && panelColumns[threshold.column];
  const limit = severity === "critical" ? threshold?.critical : threshold?.warning;
  return column && column.unit !== "level" && typeof limit === "number" ? formatMeasured(limit, column.unit) : "";
}

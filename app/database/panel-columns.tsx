import { Link, useSearchParams } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import type { Column } from "~/ui/table";
import { Age } from "~/ui/time";
import type { Cell, PanelColumn, PanelRow, Severity, Unit } from "../../db/panel";
import type { PanelSummary } from "./describe-panel.server";
import { formatMeasured } from "./format-cell";

export type JudgedRow = {
  name: string;
  severity: Severity;
  cells: PanelRow;
  /** The operation that mends the row. */
  act: { title: string; to: string } | null;
  hasWayOut: boolean;
  /** What was counted last of what the panel estimates; null where nobody asked. */
  measured: Measured | null;
};

export type Measured = { runId: string; value: string; at: Date };

const known = new Map<string, Column<JudgedRow>[]>();

/** The columns of a panel's table; the same object for the same panel. */
export function columnsOf(panel: PanelSummary): Column<JudgedRow>[] {
  let columns = known.get(panel.id);
  if (!columns) {
    columns = Object.entries(panel.columns)
      .filter(([, { unit }]) => unit !== "sql" || !panel.hasWayOut) // its way out tells it
      .map(([id, column]) => toColumn(id, column, panel));
    if (panel.isMeasurable) columns.push(measuredColumn);
    if (panel.hasAct) columns.push(actColumn);
    known.set(panel.id, columns);
  }
  return columns;
}

const measuredColumn: Column<JudgedRow> = {
  id: "measured",
  header: "Measured",
  align: "end",
  cell: ({ measured, name }) =>
    measured ? (
      <Link to={`/operations/${measured.runId}`} className="underline">
        {measured.value}, <Age at={measured.at} />
      </Link>
    ) : (
      <ButtonLink
        size="sm"
        to={`/operations/new/measure-bloat?${new URLSearchParams({ relation: name })}`}
        aria-label={`Measure: ${name}`}
      >
        Measure
      </ButtonLink>
    ),
};

/** Leads to the plan of the operation for the row, and to its SQL; nothing happens by the links themselves. */
const actColumn: Column<JudgedRow> = {
  id: "act",
  header: "Act",
  cell: ({ act, hasWayOut, name }) => (
    <span className="flex gap-1.5">
      {act && (
        <ButtonLink size="sm" to={act.to} aria-label={`${act.title}: ${name}`}>
          {act.title}
        </ButtonLink>
      )}
      {hasWayOut && <WayOutLink name={name} />}
    </span>
  ),
};

function WayOutLink({ name }: { name: string }) {
  const [search] = useSearchParams();
  const asked = new URLSearchParams(search);
  asked.set("way", name);
  return (
    <ButtonLink size="sm" tone="quiet" to={`?${asked}#way-out`} aria-label={`SQL: ${name}`}>
      SQL
    </ButtonLink>
  );
}

const numeric: readonly Unit[] = ["count", "level", "bytes", "ratio", "seconds", "milliseconds"];

const isCode = (unit: Unit) => unit === "sql" || unit === "statement";

function toColumn(id: string, { label, unit }: PanelColumn, { threshold }: PanelSummary): Column<JudgedRow> {
  return {
    id,
    header: label,
    align: numeric.includes(unit) ? "end" : "start",
    isFilling: isCode(unit),
    sortBy: isCode(unit) ? undefined : ({ cells }) => toSortValue(cells[id] ?? null),
    cell: ({ cells, severity }) =>
      threshold?.column === id ? (
        <Badge severity={severity}>{describeCell(cells[id] ?? null, unit)}</Badge>
      ) : (
        <PanelCell value={cells[id] ?? null} unit={unit} />
      ),
  };
}

function toSortValue(value: Cell): string | number | null {
  if (value instanceof Date) return value.getTime();
  return typeof value === "boolean" ? Number(value) : value;
}

function PanelCell({ value, unit }: { value: Cell; unit: Unit }) {
  if (value === null) return <span className="text-muted italic">unknown</span>;
  if (unit === "instant" && value instanceof Date) return <Age at={value} />;
  if (isCode(unit)) return <code className="line-clamp-2 font-mono text-xs">{String(value)}</code>;
  return describeCell(value, unit);
}

function describeCell(value: Cell, unit: Unit): string {
  if (value === null) return "unknown";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? formatMeasured(value, unit) : String(value);
}

import { type Cell, judgeRow, type Panel, type PanelColumn, type PanelRow, type Unit } from "../../db/panel";
import { type CsvColumn, type CsvValue, instant } from "./csv-file";
import type { JudgedStatement } from "./read-statements.server";

/** A row of a panel with its severity. */
export function panelColumns(panel: Panel): CsvColumn<PanelRow>[] {
  return [
    { header: "Severity", cell: (row) => judgeRow(panel, row) },
    ...Object.entries(panel.columns).map(([name, column]) => ({
      header: headerOf(column),
      cell: (row: PanelRow) => cellOf(row[name] ?? null),
    })),
  ];
}

type Sample = { sampledAt: Date; subject: string; measured: Record<string, number> };

/** A sample as it was stored: a counter by what it stood at, not by what it grew. */
export function historyColumns({ columns, history, key }: Panel): CsvColumn<Sample>[] {
  return [
    { header: "At", cell: ({ sampledAt }) => instant(sampledAt) },
    { header: "Row", cell: ({ subject }) => (subject === "" && key.length > 0 ? "all" : subject) },
    ...(history?.columns ?? []).map((name) => ({
      header: headerOf(columns[name] as PanelColumn),
      cell: ({ measured }: Sample) => measured[name] ?? "",
    })),
  ];
}

/** A statement and the equal time before; its text carries no literals. */
export const statementColumns: readonly CsvColumn<JudgedStatement>[] = [
  { header: "Query id", cell: ({ queryId }) => queryId },
  { header: "User", cell: ({ userName }) => userName },
  { header: "Statement", cell: ({ queryId, text }) => (queryId === "0" ? "all too small to be kept" : (text ?? "")) },
  { header: "Change", cell: ({ change }) => (change === "unknown" ? "" : change) },
  { header: "Total (milliseconds)", cell: ({ totalMilliseconds }) => totalMilliseconds },
  { header: "Share of all (0 to 1)", cell: ({ timeRatio }) => timeRatio },
  { header: "Calls", cell: ({ calls }) => calls },
  { header: "Mean (milliseconds)", cell: ({ meanMilliseconds }) => meanMilliseconds },
  { header: "Calls before", cell: ({ callsBefore, change }) => (change === "unknown" ? "" : callsBefore) },
  { header: "Mean before (milliseconds)", cell: ({ meanMillisecondsBefore }) => meanMillisecondsBefore ?? "" },
  { header: "Rows", cell: ({ rows }) => rows },
  { header: "Blocks read", cell: ({ readBlocks }) => readBlocks },
  { header: "Temporary blocks", cell: ({ temporaryBlocks }) => temporaryBlocks },
  { header: "WAL (bytes)", cell: ({ walBytes }) => walBytes },
];

const units: Partial<Record<Unit, string>> = {
  bytes: "bytes",
  ratio: "0 to 1",
  seconds: "seconds",
  milliseconds: "milliseconds",
};

function headerOf({ label, unit, isCounter }: PanelColumn): string {
  const notes = [units[unit], isCounter && "counter"].filter(Boolean);
  return notes.length > 0 ? `${label} (${notes.join(", ")})` : label;
}

function cellOf(value: Cell): CsvValue {
  if (value === null) return "";
  if (value instanceof Date) return instant(value);
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}

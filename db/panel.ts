import type { SQL } from "drizzle-orm";

import type { ServerProfile } from "./database/server-profile";

/**
 * How a value is written. A ratio is 0 to 1; a level is an order without an amount; an instant is a Date; a statement
 * loses its literals on reading.
 */
export type Unit =
  | "text"
  | "sql"
  | "statement"
  | "count"
  | "level"
  | "bytes"
  | "ratio"
  | "seconds"
  | "milliseconds"
  | "instant"
  | "boolean";

/** Null is "could not be read" or "there is none"; the column's description says which. */
export type Cell = string | number | boolean | Date | null;
export type PanelRow = Record<string, Cell>;

export type PanelColumn = {
  label: string;
  unit: Unit;
  description?: string;
  /** Only grows until it is reset; its history is drawn by what it grew a second. */
  isCounter?: true;
};

export type Severity = "ok" | "warning" | "critical" | "unknown";

export type Threshold = {
  column: string;
  worseWhen: "above" | "below";
  /** A value at the limit is not yet worse. */
  warning: number;
  /** Null where nothing of this kind is critical by itself. */
  critical: number | null;
  /** Where the numbers come from: a URL, or a sentence. */
  source: string;
};

export const panelGroups = [
  "queries",
  "indexes",
  "bloat",
  "vacuum",
  "connections",
  "locks",
  "io",
  "size",
  "wal",
  "settings",
] as const;

export type PanelGroup = (typeof panelGroups)[number];

/** An operation and the fields of its form. */
export type Act = { operation: string; fields: Record<string, string> };

/** One question to the watched server, and all that follows from its answer. */
export type Panel = {
  id: string;
  group: PanelGroup;
  title: string;
  question: string;
  requires: {
    /** For example 160000. */
    serverVersion?: number;
    extension?: string;
    /** A predefined role that the reading login has to be a member of. */
    privilege?: "pg_monitor" | "pg_read_all_stats";
  };
  /** Catalog SQL that ends in `order by`, without a limit; each column is aliased to its name in `columns`. */
  sql: (server: ServerProfile) => SQL;
  columns: Record<string, PanelColumn>;
  /** The columns that name a row: the subject of its finding and its series. Empty where there is one row. */
  key: readonly string[];
  threshold?: Threshold;
  /** What is wrong with a row that crossed the threshold, one sentence. */
  finding?: (row: PanelRow) => string;
  /** How often the worker asks. Every minute unless it says so; the dearer the question, the rarer. */
  everySeconds?: number;
  /** Numbers that are stored with each answer of the worker. */
  history?: {
    columns: readonly string[];
    /** A row that an answer does not have stands at zero in it. One column; drawn by the first column of `key`. */
    isAbsentZero?: true;
    /** The column, a size, that is told ahead. */
    forecast?: string;
  };
  remedy: {
    text: string;
    /** What does it and what takes it back, as SQL; down is null where the way back is not known. */
    statement?: (row: PanelRow) => { up: string; down: string | null } | null;
    /** The operation that does it: its id, where its field is named as the first column of `key`, or what fills it. */
    operation?: string | ((row: PanelRow) => Act | null);
    /** The operation that counts what the panel estimates: its id. Its field is `relation`, the first column of `key`. */
    measure?: string;
  };
  /** What it means that there is no row. */
  empty: string;
  /** Documentation of the catalog that is read. */
  source: string;
};

export function definePanel(panel: Panel): Panel {
  return panel;
}

/** Unknown where the judged value could not be read; ok where the panel judges nothing. */
export function judgeRow({ threshold }: Panel, row: PanelRow): Severity {
  if (!threshold) return "ok";
  const value = row[threshold.column];
  if (typeof value !== "number") return "unknown";
  const isWorse = (limit: number) => (threshold.worseWhen === "above" ? value > limit : value < limit);
  if (threshold.critical !== null && isWorse(threshold.critical)) return "critical";
  return isWorse(threshold.warning) ? "warning" : "ok";
}

/** The row's name within its panel; empty where the panel has one row. */
export function subjectOf({ key }: Panel, row: PanelRow): string {
  return key.map((column) => String(row[column] ?? "")).join(" · ");
}

/** The operation that mends the row, with its form filled; null where there is none. */
export function actOf({ remedy, key }: Panel, row: PanelRow): Act | null {
  const { operation = null } = remedy;
  if (typeof operation === "function") return operation(row);
  const [name = ""] = key;
  return operation === null || row[name] == null ? null : { operation, fields: { [name]: String(row[name]) } };
}

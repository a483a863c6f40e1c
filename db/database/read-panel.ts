import { sql } from "drizzle-orm";
import postgres from "postgres";

import type { Database } from "../connections";
import type { Cell, Panel, PanelRow, Unit } from "../panel";
import { maskStatement } from "../rules/database/mask-statement";
import type { ServerProfile } from "./server-profile";
import { unreadableReason } from "./unreadable-reason";

export type PanelReading =
  | {
      state: "read";
      readAt: Date;
      /** What the reading took the server and the way to it. */
      tookMilliseconds: number;
      rows: PanelRow[];
      /** More rows are there than were read. */
      isCut: boolean;
    }
  | { state: "unreadable"; readAt: Date; sentence: string };

export const mostRows = 500;

/** Marks the statements of the console in pg_stat_activity and pg_stat_statements. */
export const probeTag = "ops-console:probe";

/**
 * One reading of a panel, at most `most` rows, in a transaction of its own, read-only, by a login whose timeouts stand on its role. What
 * cannot be read says why. Never throws.
 */
export async function readPanel(
  db: Pick<Database, "transaction">,
  panel: Panel,
  server: ServerProfile,
  most = mostRows,
): Promise<PanelReading> {
  const readAt = new Date();
  const lacking = whatIsLacking(panel, server);
  if (lacking) return { state: "unreadable", readAt, sentence: lacking };
  const startedAt = performance.now();
  const ask = () =>
    db.transaction(
      (transaction) => transaction.execute(sql`/* ops-console:probe */ ${panel.sql(server)} limit ${most + 1}`),
      { accessMode: "read only" },
    );
  try {
    // A lock that came after the question looked for locks is seen by the next one.
    const rows = await ask().catch((error) => (sqlStateOf(error) === "55P03" ? ask() : Promise.reject(error)));
    return {
      state: "read",
      readAt,
      tookMilliseconds: performance.now() - startedAt,
      rows: rows.slice(0, most).map((row) => toRow(panel, row)),
      isCut: rows.length > most,
    };
  } catch (error) {
    return { state: "unreadable", readAt, sentence: explain(error) };
  }
}

function whatIsLacking({ requires }: Panel, server: ServerProfile): string | null {
  const { serverVersion, extension, privilege } = requires;
  if (serverVersion && server.versionNumber < serverVersion) {
    return `Not offered by this server: needs PostgreSQL ${serverVersion / 10_000} or newer.`;
  }
  if (extension && !server.extensions[extension]) return `Extension missing: ${extension}.`;
  if (privilege && !server.privileges.includes(privilege)) return `Not permitted: needs ${privilege}.`;
  return null;
}

function explain(error: unknown): string {
  if (sqlStateOf(error) === "55P03") return "Locked: a relation was not free in time.";
  if (sqlStateOf(error) === "55000") return "Not loaded: the server needs the extension in shared_preload_libraries.";
  return unreadableReason(error);
}

function sqlStateOf(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof postgres.PostgresError ? cause.code : undefined;
}

function toRow({ columns }: Panel, row: Record<string, unknown>): PanelRow {
  return Object.fromEntries(Object.entries(columns).map(([name, { unit }]) => [name, toCell(unit, row[name])]));
}

function toCell(unit: Unit, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (unit === "statement") return maskStatement(String(value));
  if (unit === "text" || unit === "sql") return String(value);
  if (unit === "boolean") return value === true;
  if (unit === "instant") return value instanceof Date ? value : new Date(Number(value) * 1000);
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

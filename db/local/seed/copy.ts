import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import type postgres from "postgres";

/** A pool or a transaction. */
export type Session = postgres.ISql;

/** As COPY takes it: null is NULL, a number of milliseconds needs `instant` first. */
export type Cell = string | number | boolean | null;

const chunkBytes = 64 * 1024;

/**
 * Loads rows by COPY and returns their number. Rows are drawn only as fast as the server takes them, so the memory
 * stays the same however many there are. One statement holds `rowsPerStatement`: the server keeps a note of each row
 * until a statement ends, to check the foreign keys.
 */
export async function copyRows(
  sql: Session,
  {
    table,
    columns,
    rows,
    rowsPerStatement = 100_000,
    onRows,
  }: {
    table: string;
    columns: string[];
    rows: Iterable<Cell[]>;
    rowsPerStatement?: number;
    onRows?: (count: number) => void;
  },
): Promise<number> {
  const iterator = rows[Symbol.iterator]();
  let count = 0;
  for (let next = iterator.next(); !next.done; ) {
    const statementEnd = count + rowsPerStatement;
    const chunks = function* () {
      let text = "";
      for (; !next.done && count < statementEnd; next = iterator.next()) {
        text += `${next.value.map(written).join("\t")}\n`;
        count++;
        if (text.length >= chunkBytes) {
          yield text;
          text = "";
        }
      }
      if (text) yield text;
    };
    const target = await sql`copy ${sql(table)} (${sql(columns)}) from stdin`.writable();
    await pipeline(Readable.from(chunks(), { highWaterMark: 2 }), target);
    onRows?.(count);
  }
  return count;
}

/** Text format of COPY: backslash escapes, \N for null. */
function written(cell: Cell): string {
  if (cell === null) return "\\N";
  if (typeof cell !== "string") return String(cell);
  return /[\\\t\n\r]/.test(cell)
    ? cell.replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n").replace(/\r/g, "\\r")
    : cell;
}

/** Null stays null. */
export function instant(milliseconds: number | null | undefined): string | null {
  return milliseconds === null || milliseconds === undefined ? null : new Date(milliseconds).toISOString();
}

import type postgres from "postgres";

import type { Sql } from "../connections";

export type AnySql = Sql | postgres.ReservedSql | postgres.TransactionSql;

/**
 * Runs a statement whose names no parameter can carry: the server itself puts them in, by format() with %I and %L.
 * Returns the rows.
 */
export async function runFormatted<Row extends object>(
  sql: AnySql,
  template: string,
  ...names: (string | number)[]
): Promise<Row[]> {
  const [row] = await sql<{ statement: string }[]>`
    select format(${template}, variadic ${names.map(String)}::text[]) as statement`;
  return sql.unsafe<Row[]>(row?.statement as string);
}

import type { Sql } from "../connections";
import { MigrationError } from "./migration-error";
import type { Migration } from "./migration-files";

export type AdoptedTable = { table: string; columns: AdoptedColumn[] };

/** `names` holds each spelling the column has had. Undefined `type`: any type that compares with text or a number. */
type AdoptedColumn = { names: string[]; type: string | undefined };

/** Reads `shifts (id bigint, radius|radius_meters integer, post)`. Throws on anything else. */
export function parseAdoptedTable(header: string): AdoptedTable {
  const [, table, list] = header.match(/^([a-z_]+) \((.+)\)$/) ?? [];
  if (!table || !list) throw new Error(`Not a table with its columns: ${header}`);
  const columns = list.split(", ").map((column) => {
    const [, names, type] = column.match(/^([a-z_|]+)(?: (.+))?$/) ?? [];
    if (!names) throw new Error(`Not a column of ${table}: ${column}`);
    return { names: names.split("|"), type };
  });
  return { table, columns };
}

/**
 * Whether the database holds the result of a migration from before the ledger. Throws MigrationError for a table that
 * is there without a column that the console needs.
 */
export async function isAlreadyThere(sql: Sql, { up, label }: Migration): Promise<boolean> {
  if (up.adoptTable) return isTableThere(sql, up.adoptTable, label);
  if (!up.adoptQuery) return false;
  const [row] = await sql.unsafe<Record<string, boolean>[]>(up.adoptQuery);
  return Object.values(row ?? {})[0] === true;
}

async function isTableThere(sql: Sql, { table, columns }: AdoptedTable, label: string): Promise<boolean> {
  const found = await sql<{ name: string; type: string }[]>`
    select attname as "name", regexp_replace(format_type(atttypid, null), '^.*[.]', '') as "type"
    from pg_attribute
    where attrelid = to_regclass(${`public.${table}`}) and attnum > 0 and not attisdropped`;
  if (found.length === 0) return false;
  const types = new Map(found.map(({ name, type }) => [name, type]));
  const problems = columns.flatMap(({ names, type }) => {
    const present = names.find((name) => types.has(name));
    if (!present) return [`it has no column ${names.at(-1)}`];
    const actual = types.get(present);
    return type && actual !== type ? [`its column ${present} is ${actual} where ${type} is needed`] : [];
  });
  if (problems.length > 0) {
    throw new MigrationError(
      `${label} did not run: the table ${table} is there already, but ${problems.join(", and ")}. Nothing was changed; give the table what is missing and run it again.`,
    );
  }
  return true;
}

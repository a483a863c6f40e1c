import type { Sql } from "../connections";
import type { ConcurrentWork } from "./parse-script";

/**
 * What became of a concurrent statement that was cut off: true where it had reached its end. False where it must run
 * (again); what it left half done is cleared by then. Null where only running it again can tell.
 */
export async function clearUpConcurrent(
  sql: Sql,
  work: ConcurrentWork,
  execute: (statement: string) => Promise<unknown>,
): Promise<boolean | null> {
  if (work.does === "reindex") {
    for (const index of await listHalfRebuilt(sql, work)) await execute(`drop index concurrently if exists ${index}`);
    return null;
  }
  if (work.does === "detach") return finishDetaching(sql, work, execute);
  const index = await findIndex(sql, work.schema, work.index);
  if (work.does === "drop index") return index === undefined;
  if (index && !index.isValid) await execute(`drop index concurrently if exists ${index.sqlName}`);
  return index?.isValid ?? false;
}

/** Undefined where there is none. */
async function findIndex(sql: Sql, schema: string, name: string) {
  const [index] = await sql<{ sqlName: string; isValid: boolean }[]>`
    select format('%I.%I', nspname, relname) as "sqlName", indisvalid and indisready as "isValid"
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = ${schema} and relname = ${name}`;
  return index;
}

async function listHalfRebuilt(
  sql: Sql,
  { schema, of, name }: ConcurrentWork & { does: "reindex" },
): Promise<string[]> {
  const rows = await sql<{ sqlName: string }[]>`
    select format('%I.%I', leftover_space.nspname, leftover.relname) as "sqlName"
    from pg_class as named
    join pg_namespace on pg_namespace.oid = named.relnamespace and nspname = ${schema}
    join pg_index on indrelid = case when ${of === "table"} then named.oid
      else (select indrelid from pg_index as own where own.indexrelid = named.oid) end
    join pg_class as leftover on leftover.oid = indexrelid
    join pg_namespace as leftover_space on leftover_space.oid = leftover.relnamespace
    where named.relname = ${name} and not indisvalid and leftover.relname ~ '_cc(new|old)[0-9]*$'`;
  return rows.map(({ sqlName }) => sqlName);
}

async function finishDetaching(
  sql: Sql,
  { parent, child }: ConcurrentWork & { does: "detach" },
  execute: (statement: string) => Promise<unknown>,
): Promise<boolean> {
  const [bond] = await sql<{ isPending: boolean; statement: string }[]>`
    select inhdetachpending as "isPending",
           format('alter table %s detach partition %s finalize', inhparent::regclass, inhrelid::regclass) as statement
    from pg_inherits
    join pg_class as child on child.oid = inhrelid
    join pg_class as parent on parent.oid = inhparent
    where parent.relnamespace::regnamespace || '.' || parent.relname = ${parent}
      and child.relnamespace::regnamespace || '.' || child.relname = ${child}`;
  if (!bond) return true;
  if (bond.isPending) await execute(bond.statement);
  return bond.isPending;
}

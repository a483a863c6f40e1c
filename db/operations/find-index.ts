import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { OperationRefusal, type RunContext } from "../operation";

export type FoundIndex = {
  oid: number;
  tableOid: number;
  /** Quoted where it must be, for a statement. */
  sqlName: string;
  /** schema.index as people type it. */
  name: string;
  tableName: string;
  definition: string;
  sizeBytes: number;
  isValid: boolean;
  isUnique: boolean;
  /** Null where it carries no constraint. */
  constraintName: string | null;
  isReplicaIdentity: boolean;
  isPartitioned: boolean;
  scans: number;
  isStandby: boolean;
  isOurs: boolean;
};

/** An index by `schema.index`, or by its name alone where it stands in public. Throws OperationRefusal without one. */
export async function findIndex(db: Database, name: string): Promise<FoundIndex> {
  const found = await lookForIndex(db, name);
  if (!found) throw new OperationRefusal(`There is no index ${name}. Name it as schema.index.`);
  return found;
}

/** Undefined where there is none. Waits for no lock: the definition is read without the table's. */
export async function lookForIndex(db: Database, name: string): Promise<FoundIndex | undefined> {
  const [row] = await db.execute<FoundIndex & Record<string, unknown>>(sql`
    select def.oid::bigint::float8 as oid, indrelid::bigint::float8 as "tableOid",
           format('%I.%I', nspname, def.relname) as "sqlName", nspname || '.' || def.relname as name,
           nspname || '.' || parent.relname as "tableName", pg_get_indexdef(def.oid) as definition,
           def.relpages::float8 * current_setting('block_size')::integer as "sizeBytes",
           indisvalid and indisready as "isValid", indisunique as "isUnique", indisreplident as "isReplicaIdentity",
           def.relkind = 'I' as "isPartitioned",
           (select conname from pg_constraint where conindid = def.oid and contype in ('p', 'u', 'x') limit 1) as "constraintName",
           coalesce(pg_stat_get_numscans(def.oid), 0)::float8 as scans,
           pg_is_in_recovery() as "isStandby", pg_has_role('console_admin', def.relowner, 'usage') as "isOurs"
    from pg_index
    join pg_class as def on def.oid = indexrelid
    join pg_class as parent on parent.oid = indrelid
    join pg_namespace as space on space.oid = def.relnamespace
    where nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and (${name} in (nspname || '.' || def.relname, format('%I.%I', nspname, def.relname)) or (nspname = 'public' and def.relname = ${name}))
    order by nspname || '.' || def.relname = ${name} desc
    limit 1`);
  return row;
}

/** Why nothing may be done to an index now, whatever it is. */
export function refusalsOfIndex(index: FoundIndex): string[] {
  return [
    ...(index.isStandby ? ["This server is a standby, which changes nothing."] : []),
    ...(index.isOurs ? [] : [`${index.name} belongs to a role that console_admin is not a member of.`]),
    ...(index.isPartitioned ? [`${index.name} is of a partitioned table, of which nothing is done concurrently.`] : []),
  ];
}

/** Drops the invalid indexes of a table that a concurrent build left behind, by their names. Returns the names. */
export async function dropLeftovers(
  context: RunContext,
  tableOid: number,
  isLeftover: (name: string) => boolean,
): Promise<string[]> {
  const invalid = await context.admin<{ name: string; sqlName: string }[]>`
    select def.relname as name, format('%I.%I', nspname, def.relname) as "sqlName"
    from pg_index
    join pg_class as def on def.oid = indexrelid
    join pg_namespace as space on space.oid = def.relnamespace
    where indrelid = ${tableOid} and not indisvalid`;
  const leftovers = invalid.filter(({ name }) => isLeftover(name));
  for (const { sqlName } of leftovers) await context.cleanUp(`drop index concurrently if exists ${sqlName}`);
  return leftovers.map(({ name }) => name);
}

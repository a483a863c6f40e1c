import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { OperationRefusal } from "../operation";

export type FoundTable = {
  oid: number;
  /** Quoted where it must be, for a statement. */
  sqlName: string;
  schema: string;
  /** schema.table as people type it. */
  name: string;
  /** By the last vacuum or analyze; asking the table itself would wait for its locks. */
  sizeBytes: number;
  deadTuples: number;
  liveTuples: number;
  /** ISO instants; null where it never was, or the statistics were reset. */
  lastVacuumAt: string | null;
  lastAnalyzeAt: string | null;
  isPartitioned: boolean;
  isStandby: boolean;
  /** Whether console_admin may maintain it. */
  isOurs: boolean;
};

/**
 * A table by `schema.table`, or by its name alone where it stands in public. Reads the catalog, takes no lock on the
 * table. Throws OperationRefusal where there is none.
 */
export async function findTable(db: Database, name: string): Promise<FoundTable> {
  const [row] = await db.execute<FoundTable & Record<string, unknown>>(sql`
    select def.oid::bigint::float8 as oid, format('%I.%I', nspname, relname) as "sqlName", nspname as schema,
           nspname || '.' || relname as name,
           relpages::float8 * current_setting('block_size')::integer as "sizeBytes",
           coalesce(pg_stat_get_dead_tuples(def.oid), 0)::float8 as "deadTuples",
           coalesce(pg_stat_get_live_tuples(def.oid), 0)::float8 as "liveTuples",
           to_char(greatest(pg_stat_get_last_vacuum_time(def.oid), pg_stat_get_last_autovacuum_time(def.oid)) at time zone 'UTC',
                   'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastVacuumAt",
           to_char(greatest(pg_stat_get_last_analyze_time(def.oid), pg_stat_get_last_autoanalyze_time(def.oid)) at time zone 'UTC',
                   'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "lastAnalyzeAt",
           relkind = 'p' as "isPartitioned", pg_is_in_recovery() as "isStandby",
           pg_has_role('console_admin', relowner, 'usage') as "isOurs"
    from pg_class as def
    join pg_namespace as space on space.oid = relnamespace
    where relkind in ('r', 'p', 'm')
      and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and (${name} in (nspname || '.' || relname, format('%I.%I', nspname, relname)) or (nspname = 'public' and relname = ${name}))
    order by nspname || '.' || relname = ${name} desc
    limit 1`);
  if (!row) throw new OperationRefusal(`There is no table ${name}. Name it as schema.table.`);
  return row;
}

/** Why nothing may be done to a table now, whatever it is. */
export function refusalsOf(table: FoundTable): string[] {
  return [
    ...(table.isStandby ? ["This server is a standby, which changes nothing."] : []),
    ...(table.isOurs ? [] : [`${table.name} belongs to a role that console_admin is not a member of.`]),
  ];
}

/** Transactions that are older than `seconds`, by name; concurrent builds wait for them and vacuum spares their rows. */
export async function describeOldTransactions(db: Database, seconds: number): Promise<string[]> {
  const rows = await db.execute<{ pid: number; who: string; ageSeconds: number }>(sql`
    select pid, concat_ws(' of ', nullif(application_name, ''), usename) as who,
           extract(epoch from now() - xact_start)::integer as "ageSeconds"
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and xact_start < now() - make_interval(secs => ${seconds})
    order by xact_start limit 5`);
  return rows.map(({ pid, who, ageSeconds }) => `pid ${pid} (${who}), open for ${ageSeconds} s`);
}

/** Classes of size that an approval tells apart: up to 10 MiB, 100 MiB, 1 GiB, 10 GiB and so on. */
export function sizeClass(bytes: number): number {
  return Math.max(0, Math.ceil(Math.log10(Math.max(bytes, 1) / (10 * 1024 ** 2))));
}

export function describeBytes(bytes: number): string {
  const steps = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = Math.min(steps.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${steps[step]}`;
}

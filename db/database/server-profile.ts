import { sql } from "drizzle-orm";

import type { Database } from "../connections";

/** What decides which questions the server can answer to this login. */
export type ServerProfile = {
  /** For example 150020. */
  versionNumber: number;
  databaseName: string;
  isInRecovery: boolean;
  /** Installed extensions: name to version and schema. */
  extensions: Record<string, { version: string; schema: string }>;
  /** Predefined roles whose rights the login has. */
  privileges: readonly string[];
  /** Whether the login may ask how wide columns are where row security hides pg_stats: ops_column_widths(). */
  readsColumnWidths: boolean;
};

type Row = Omit<ServerProfile, "extensions"> & { extensions: ServerProfile["extensions"] | null };

const watchedRoles = "pg_monitor,pg_read_all_stats,pg_read_all_settings,pg_stat_scan_tables,pg_read_all_data";

/** Reads no relation of the product. Roles that the server's version lacks are not among the privileges. */
export async function readServerProfile(db: Pick<Database, "execute">): Promise<ServerProfile> {
  const [row] = await db.execute<Row>(sql`
    select /* ops-console:probe */
           current_setting('server_version_num')::integer as "versionNumber",
           current_database() as "databaseName",
           pg_is_in_recovery() as "isInRecovery",
           (
             select jsonb_object_agg(extname, jsonb_build_object('version', extversion, 'schema', nspname))
             from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
           ) as "extensions",
           array(
             select rolname::text from pg_roles
             where rolname = any (string_to_array(${watchedRoles}, ',')) and pg_has_role(oid, 'usage')
           ) as "privileges",
           coalesce(has_function_privilege(to_regprocedure('public.ops_column_widths()'), 'execute'), false)
             as "readsColumnWidths"`);
  return { ...(row as Row), extensions: row?.extensions ?? {} };
}

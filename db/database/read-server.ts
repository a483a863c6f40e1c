import { sql } from "drizzle-orm";

import type { Database } from "../connections";

export type ServerReading = {
  databaseName: string;
  version: string;
  /** For example 150020. */
  versionNumber: number;
  startedAt: Date;
  isInRecovery: boolean;
  sizeBytes: number;
  /** Client backends of the whole server, ours among them. Null without pg_read_all_stats, which shows those of others. */
  connectionsUsed: number | null;
  /** max_connections without the slots reserved for superusers. */
  connectionsAvailable: number;
  readAt: Date;
};

type Row = Omit<ServerReading, "startedAt" | "readAt" | "sizeBytes"> & {
  sizeBytes: string;
  startedSeconds: number;
  readSeconds: number;
};

/**
 * What the SecuryFlex server says of itself. Reads no relation, so no lock of a table is waited for.
 */
export async function readServer(db: Pick<Database, "execute">): Promise<ServerReading> {
  const [row] = await db.execute<Row>(sql`
    select /* ops-console:probe */
           current_database() as "databaseName",
           current_setting('server_version') as "version",
           current_setting('server_version_num')::integer as "versionNumber",
           extract(epoch from pg_postmaster_start_time())::float8 as "startedSeconds",
           pg_is_in_recovery() as "isInRecovery",
           pg_database_size(current_database())::text as "sizeBytes",
           case when pg_has_role('pg_read_all_stats', 'usage') then (
             select count(*)::integer from pg_stat_activity where backend_type = 'client backend'
           ) end as "connectionsUsed",
           current_setting('max_connections')::integer
             - current_setting('superuser_reserved_connections')::integer
             - coalesce(current_setting('reserved_connections', true)::integer, 0) as "connectionsAvailable",
           extract(epoch from clock_timestamp())::float8 as "readSeconds"`);
  const { sizeBytes, startedSeconds, readSeconds, ...rest } = row as Row;
  return {
    ...rest,
    sizeBytes: Number(sizeBytes),
    startedAt: new Date(startedSeconds * 1000),
    readAt: new Date(readSeconds * 1000),
  };
}

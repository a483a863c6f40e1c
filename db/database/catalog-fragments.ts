import { type SQL, sql } from "drizzle-orm";

import type { ServerProfile } from "./server-profile";

/**
 * A CTE of relations that must not be touched: under an AccessExclusiveLock, granted or waited for, themselves or a
 * parent of theirs. Size functions and pg_get_indexdef would queue behind it.
 */
export const lockedRelations = sql`
  locked as materialized (
    select relation as oid from pg_locks
    where locktype = 'relation' and mode = 'AccessExclusiveLock' and pid is distinct from pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
    union
    select inhrelid from pg_inherits
    where inhparent in (
      select relation from pg_locks where locktype = 'relation' and mode = 'AccessExclusiveLock'
    )
  )`;

/** Relations of the product and the console: neither the server's own nor of a session. For a query over pg_class. */
export const isUserRelation = sql`
  relnamespace not in (
    select oid from pg_namespace
    where nspname in ('pg_catalog', 'information_schema', 'pg_toast') or nspname like 'pg\\_temp\\_%'
      or nspname like 'pg\\_toast\\_temp\\_%'
  )`;

/** The schema that holds an installed extension, as the catalog names it. */
export function schemaOf({ extensions }: ServerProfile, extension: string): SQL {
  return sql`${sql.identifier(extensions[extension]?.schema ?? "public")}`;
}

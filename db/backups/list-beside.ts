import { sql } from "drizzle-orm";

import type { Database } from "../connections";

/** How a database that may be switched to is told from any other: by the beginning of its comment. */
export const restoredMark = "securyflex-console: ";

export type DatabaseBeside = { name: string; note: string; sizeBytes: number | null };

/** Databases of the server that were restored, or kept at a switch. Size is null where it may not be read. */
export async function listBeside(db: Database): Promise<DatabaseBeside[]> {
  const rows = await db.execute<DatabaseBeside>(sql`
    select datname as name, substr(comment, ${restoredMark.length + 1}) as note,
           case when has_database_privilege(oid, 'connect') or pg_has_role('pg_monitor', 'usage')
             then pg_database_size(oid)::float8 end as "sizeBytes"
    from (select oid, datname, shobj_description(oid, 'pg_database') as comment from pg_database) as described
    where starts_with(comment, ${restoredMark}) and datname <> current_database()
    order by datname`);
  return [...rows];
}

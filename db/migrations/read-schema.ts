import { createHash } from "node:crypto";

import { sql } from "drizzle-orm";

import type { Database } from "../connections";

/** What a database is made of, a line each, by kind: `public.shifts.status text not null`. */
export type SchemaShape = Map<SchemaKind, Set<string>>;

export const schemaKinds = [
  "tables",
  "columns",
  "indexes",
  "constraints",
  "functions",
  "triggers",
  "policies",
  "extensions",
] as const;
export type SchemaKind = (typeof schemaKinds)[number];

/**
 * Every object of every schema but the server's own, extensions' and the ledger's. An index that is not valid says so.
 * Reads the catalog alone, as any login; waits for no lock.
 */
export async function readSchema(db: Database): Promise<SchemaShape> {
  const rows = await db.execute<{ kind: SchemaKind; line: string }>(sql`
    with spaces as (
      select oid, nspname from pg_namespace
      where nspname not in ('information_schema', 'console_migrations') and nspname !~ '^pg_'
    ),
    relations as (
      select pg_class.oid, relkind, nspname || '.' || relname as name
      from pg_class join spaces on spaces.oid = relnamespace
      where not exists (
        select from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
      )
    )
    select 'tables' as kind, name || case relkind when 'v' then ' view' when 'm' then ' materialized view' else '' end as line
    from relations where relkind in ('r', 'p', 'v', 'm', 'f')
    union all
    select 'columns', name || '.' || attname || ' ' || format_type(atttypid, atttypmod)
      || case when attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
    from relations
    join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where relkind in ('r', 'p', 'v', 'm', 'f')
    union all
    select 'indexes', regexp_replace(pg_get_indexdef(indexrelid), '^CREATE ', '')
      || case when indisvalid then '' else ' (invalid)' end
    from relations join pg_index on indexrelid = relations.oid
    union all
    select 'constraints', name || ' ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
    from relations join pg_constraint on conrelid = relations.oid
    union all
    select 'functions', nspname || '.' || proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ') '
      || md5(concat_ws(' ', prosrc, prosecdef, proconfig::text))
    from pg_proc join spaces on spaces.oid = pronamespace
    where not exists (
      select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'
    )
    union all
    select 'triggers', name || ' ' || pg_get_triggerdef(pg_trigger.oid)
    from relations join pg_trigger on tgrelid = relations.oid where not tgisinternal
    union all
    select 'policies', name || ' ' || polname || ' '
      || md5(concat_ws(' ', polcmd, polpermissive, polroles::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)))
    from relations join pg_policy on polrelid = relations.oid
    union all
    select 'extensions', extname || ' ' || extversion from pg_extension`);
  const shape: SchemaShape = new Map(schemaKinds.map((kind) => [kind, new Set()]));
  for (const { kind, line } of rows) shape.get(kind)?.add(line);
  return shape;
}

/** sha256 of the whole, hex. */
export function fingerprintOf(shape: SchemaShape): string {
  const lines = schemaKinds.flatMap((kind) => [...(shape.get(kind) ?? [])].map((line) => `${kind} ${line}`));
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

/** What one has and the other has not, by kind; kinds without a difference are left out. */
export function compareSchemas(
  before: SchemaShape,
  after: SchemaShape,
): { kind: SchemaKind; gone: string[]; come: string[]; countBefore: number; countAfter: number }[] {
  return schemaKinds.flatMap((kind) => {
    const [was, is] = [before.get(kind) ?? new Set<string>(), after.get(kind) ?? new Set<string>()];
    const gone = [...was].filter((line) => !is.has(line)).sort();
    const come = [...is].filter((line) => !was.has(line)).sort();
    return gone.length + come.length > 0 ? [{ kind, gone, come, countBefore: was.size, countAfter: is.size }] : [];
  });
}

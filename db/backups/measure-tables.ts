import { type AnySql, runFormatted } from "./run-formatted";

export type NamedTable = { schema: string; name: string };
export type MeasuredTable = NamedTable & {
  rowCount: number;
  /** Sum over the rows of a hash of the row as text: the same whatever their order. */
  checksum: string;
  /** What a backup holds of the table beside its rows. */
  indexes: string[];
  sequences: string[];
  /** What of other tables goes with it when it is dropped. */
  dependents: { schema: string; table: string; kind: "FK CONSTRAINT" | "POLICY"; name: string }[];
};

/** Each table that holds rows of its own and belongs to no extension. */
export async function listTables(sql: AnySql): Promise<Omit<MeasuredTable, "rowCount" | "checksum">[]> {
  return sql<Omit<MeasuredTable, "rowCount" | "checksum">[]>`
    select nspname as schema, relname as name,
           array(select indexed.relname::text from pg_index
                 join pg_class as indexed on indexed.oid = indexrelid where indrelid = def.oid order by 1) as indexes,
           array(select owned.relname::text from pg_depend
                 join pg_class as owned on owned.oid = objid and owned.relkind = 'S'
                 where classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and refobjid = def.oid
                   and deptype in ('a', 'i') order by 1) as sequences,
           coalesce((
             select jsonb_agg(jsonb_build_object('schema', spaces.nspname, 'table', other.relname, 'kind', kind, 'name', gone.name)
                              order by spaces.nspname, other.relname, kind, gone.name)
             from (
               select conrelid as relation, 'FK CONSTRAINT' as kind, conname as name from pg_constraint
               where contype = 'f' and confrelid = def.oid and conrelid <> def.oid and conparentid = 0
               union
               select polrelid, 'POLICY', polname from pg_depend join pg_policy on pg_policy.oid = objid
               where classid = 'pg_policy'::regclass and refclassid = 'pg_class'::regclass and refobjid = def.oid
                 and polrelid <> def.oid
             ) as gone
             join pg_class as other on other.oid = gone.relation
             join pg_namespace as spaces on spaces.oid = other.relnamespace
           ), '[]') as dependents
    from pg_class as def
    join pg_namespace as space on space.oid = relnamespace
    where relkind = 'r' and relpersistence <> 't' and nspname !~ '^pg_' and nspname <> 'information_schema'
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = def.oid and deptype = 'e')
    order by nspname, relname`;
}

/** Rows and checksum of one table, by a scan of all of it. The text of a row depends on settings, which are fixed. */
export async function measureTable(
  sql: AnySql,
  { schema, name }: NamedTable,
): Promise<{ rowCount: number; checksum: string }> {
  await sql`select set_config(name, value, false) from (values
    ('timezone', 'UTC'), ('datestyle', 'ISO, YMD'), ('intervalstyle', 'postgres'), ('bytea_output', 'hex'),
    ('extra_float_digits', '1'), ('xmlbinary', 'base64')) as wanted (name, value)`;
  const [row] = await runFormatted<{ rowCount: number; checksum: string }>(
    sql,
    `select count(*)::float8 as "rowCount", coalesce(sum(hashtextextended(measured::text, 0)::numeric), 0)::text as checksum
     from %I.%I as measured`,
    schema,
    name,
  );
  return row as { rowCount: number; checksum: string };
}

/** sha256 of what the schema is made of: columns, constraints, indexes, triggers, policies and functions, hex. */
export async function fingerprintSchema(sql: AnySql): Promise<string> {
  const [row] = await sql<{ fingerprint: string }[]>`
    with own as (
      select def.oid, nspname || '.' || relname as name, relkind, relrowsecurity, relforcerowsecurity
      from pg_class as def join pg_namespace as space on space.oid = relnamespace
      where nspname !~ '^pg_' and nspname <> 'information_schema' and relpersistence <> 't' and relkind in ('r', 'p', 'v', 'm', 'S')
        and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = def.oid and deptype = 'e')
    ), parts as (
      select concat_ws(' ', 'relation', name, relkind, relrowsecurity, relforcerowsecurity) as part from own
      union all
      select concat_ws(' ', 'column', name, attname, format_type(atttypid, atttypmod), attnotnull, atthasdef, attidentity, attgenerated)
      from own join pg_attribute on attrelid = own.oid and attnum > 0 and not attisdropped
      union all
      select concat_ws(' ', 'constraint', name, conname, contype, convalidated) from own join pg_constraint on conrelid = own.oid
      union all
      select concat_ws(' ', 'index', name, indexed.relname, indisunique, indisvalid)
      from own join pg_index on indrelid = own.oid join pg_class as indexed on indexed.oid = indexrelid
      union all
      select concat_ws(' ', 'trigger', name, tgname, tgenabled) from own join pg_trigger on tgrelid = own.oid and not tgisinternal
      union all
      select concat_ws(' ', 'policy', name, polname, polcmd, polpermissive) from own join pg_policy on polrelid = own.oid
      union all
      select concat_ws(' ', 'function', nspname || '.' || proname, pg_get_function_identity_arguments(pg_proc.oid), prosecdef)
      from pg_proc join pg_namespace as space on space.oid = pronamespace
      where nspname !~ '^pg_' and nspname <> 'information_schema'
        and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
    )
    select encode(sha256(string_agg(part, E'\\n' order by part collate "C")::bytea), 'hex') as fingerprint from parts`;
  return row?.fingerprint ?? "";
}

import { sql } from "drizzle-orm";

import { lockedRelations } from "../database/catalog-fragments";
import { OperationRefusal, type PlanContext } from "../operation";

export type FoundRelation = {
  oid: number;
  /** schema.name, quoted where it must be. */
  sqlName: string;
  kind: "table" | "index" | "partitioned";
  /** Null for tables. */
  accessMethod: string | null;
  /** By the last vacuum or analyze; asking the relation itself would wait for its locks. */
  sizeBytes: number;
  pageBytes: number;
  /** Share of a page that writes may fill. */
  fillRatio: number;
  /** Where long values stand; null where there are none. */
  toast: { oid: number; sizeBytes: number } | null;
  /** Somebody has it for themselves alone, or waits to. */
  isLocked: boolean;
  /** schema of pgstattuple; null where it is not in this database. */
  measuredBy: string | null;
  /** Whether console_admin may call it. */
  mayMeasure: boolean;
};

/** A table or an index by `schema.name`. Takes no lock on it. Throws OperationRefusal where there is none. */
export async function findRelation({ securyflex }: PlanContext, name: string): Promise<FoundRelation> {
  const [row] = await securyflex.execute<FoundRelation & Record<string, unknown>>(sql`
    with ${lockedRelations}
    select def.oid::bigint::float8 as oid, format('%I.%I', nspname, def.relname) as "sqlName",
           case when def.relkind in ('p', 'I') then 'partitioned' when def.relkind = 'i' then 'index' else 'table' end as kind,
           case when def.relkind = 'i' then amname end as "accessMethod",
           def.relpages::float8 * page.bytes as "sizeBytes", page.bytes as "pageBytes",
           coalesce((
             select option_value::float8 from pg_options_to_table(def.reloptions) where option_name = 'fillfactor'
           ), case when def.relkind = 'i' then 90 else 100 end) / 100 as "fillRatio",
           case when toast.relpages > 0 then
             jsonb_build_object('oid', toast.oid::bigint, 'sizeBytes', toast.relpages::float8 * page.bytes)
           end as toast,
           exists (
             select from locked where oid in (def.oid, toast.oid) or oid = (select indrelid from pg_index where indexrelid = def.oid)
           ) as "isLocked",
           extension.schema as "measuredBy", coalesce(extension.may, false) as "mayMeasure"
    from pg_class as def
    join pg_namespace as space on space.oid = def.relnamespace
    left join pg_am on pg_am.oid = def.relam
    left join pg_class as toast on toast.oid = def.reltoastrelid
    cross join (select current_setting('block_size')::float8 as bytes) as page
    left join (
      select quote_ident(nspname) as schema, bool_and(has_function_privilege('console_admin', pg_proc.oid, 'execute')) as may
      from pg_extension
      join pg_namespace on pg_namespace.oid = extnamespace
      join pg_proc on pronamespace = extnamespace and proname in ('pgstattuple', 'pgstatindex')
      where extname = 'pgstattuple' group by nspname
    ) as extension on true
    where def.relkind in ('r', 'm', 'i', 'p', 'I') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and ${name} in (nspname || '.' || def.relname, format('%I.%I', nspname, def.relname))
    order by ${name} = format('%I.%I', nspname, def.relname) desc
    limit 1`);
  if (!row) throw new OperationRefusal(`There is no table and no index ${name}. Name it as schema.name.`);
  return row;
}

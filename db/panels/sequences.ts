import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/**
 * The limit is the lower of the sequence's and that of the columns it fills, found by ownership or by default. A sequence
 * that cycles before its column is full never runs out. One that is locked, or that the login may not read, is unknown:
 * pg_sequence_last_value waits for a lock.
 */
export const sequences = definePanel({
  id: "sequences",
  group: "size",
  title: "Sequences and keys",
  question: "Which key runs out of numbers?",
  requires: {},
  sql: () => sql`
    with locked as materialized (
      select relation as oid from pg_locks
      where locktype = 'relation' and pid is distinct from pg_backend_pid()
        and mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
        and database = (select oid from pg_database where datname = current_database())
    ),
    used as (
      select objid as sequence_oid, refobjid as table_oid, refobjsubid as number from pg_depend
      where classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and deptype in ('a', 'i') and refobjsubid > 0
      union
      select refobjid, adrelid, adnum from pg_attrdef
      join pg_depend on pg_depend.classid = 'pg_attrdef'::regclass and objid = pg_attrdef.oid
        and refclassid = 'pg_class'::regclass and refobjsubid = 0
    ),
    filled as (
      select sequence_oid,
             string_agg(table_oid::regclass || '.' || quote_ident(attname), ', ' order by table_oid, attnum) as columns,
             min(case coalesce(nullif(typbasetype, 0), pg_type.oid)
               when 'smallint'::regtype then 32767 when 'integer'::regtype then 2147483647 end)::numeric as most
      from used
      join pg_class on pg_class.oid = table_oid and not relispartition
      join pg_attribute on attrelid = table_oid and attnum = number
      join pg_type on pg_type.oid = atttypid
      group by sequence_oid
    )
    select relnamespace::regnamespace || '.' || relname as "sequence", coalesce(columns, 'no column') as "column",
           reached::float8 as "lastValue",
           case when seqincrement > 0 then bounds.most else bounds.least end::float8 as "limit",
           case
             when not is_readable then null
             when seqcycle and bounds.most = seqmax and bounds.least = seqmin then 0
             when seqincrement > 0 then (coalesce(reached, seqstart) - seqmin) / nullif(bounds.most - seqmin, 0)
             else (seqmax - coalesce(reached, seqstart)) / nullif(seqmax - bounds.least, 0)
           end::float8 as "usedRatio"
    from pg_sequence
    join pg_class on pg_class.oid = seqrelid
    left join filled on sequence_oid = pg_class.oid
    cross join lateral (
      select least(seqmax::numeric, filled.most) as most, greatest(seqmin::numeric, -filled.most - 1) as least
    ) as bounds
    cross join lateral (
      select has_sequence_privilege(pg_class.oid, 'select, usage')
        and not exists (select from locked where locked.oid = pg_class.oid) as is_readable
    ) as state
    cross join lateral (select case when is_readable then pg_sequence_last_value(pg_class.oid) end::numeric as reached) as last
    where ${isUserRelation}
    order by "usedRatio" desc nulls first, relname`,
  columns: {
    sequence: { label: "Sequence", unit: "text" },
    column: { label: "Fills", unit: "text" },
    lastValue: {
      label: "Last value",
      unit: "count",
      description: "Unknown where the login may not read the sequence, while it is locked, and before its first use.",
    },
    limit: {
      label: "Limit",
      unit: "count",
      description: "Of the sequence, or of the column's type where that is lower.",
    },
    usedRatio: { label: "Used", unit: "ratio" },
  },
  key: ["sequence"],
  threshold: {
    column: "usedRatio",
    worseWhen: "above",
    warning: 0.7,
    critical: 0.9,
    source: "The console's own choice: widening a key takes weeks of preparation.",
  },
  finding: ({ sequence, column }) => `The sequence ${sequence} (${column}) runs out of numbers.`,
  everySeconds: 3600,
  history: { columns: ["lastValue"] },
  remedy: {
    text: "Widen the column to bigint by a second column that is filled in batches; then its referencing columns.",
  },
  empty: "There is no sequence.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-sequence.html",
});

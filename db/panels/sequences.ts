import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** The limit is the lower of the sequence's and that of the column it fills, found by ownership or by default. */
export const sequences = definePanel({
  id: "sequences",
  group: "size",
  title: "Sequences and keys",
  question: "Which key runs out of numbers?",
  requires: {},
  sql: () => sql`
    with used as (
      select refobjid as table_oid, refobjsubid as number, objid as sequence_oid from pg_depend
      where classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and deptype in ('a', 'i') and refobjsubid > 0
      union
      select adrelid, adnum, refobjid from pg_attrdef
      join pg_depend on pg_depend.classid = 'pg_attrdef'::regclass and objid = pg_attrdef.oid
        and refclassid = 'pg_class'::regclass and refobjsubid = 0
    )
    select relnamespace::regnamespace || '.' || relname as "sequence",
           coalesce((
             select string_agg(table_oid::regclass || '.' || quote_ident(attname), ', ' order by table_oid, attnum)
             from used join pg_attribute on attrelid = table_oid and attnum = number where sequence_oid = pg_class.oid
           ), 'no column') as "column",
           case when has_sequence_privilege(pg_class.oid, 'select, usage') then pg_sequence_last_value(pg_class.oid) end::float8
             as "lastValue",
           bounds.most::float8 as "limit",
           case when has_sequence_privilege(pg_class.oid, 'select, usage') then
             case when seqcycle then 0
               when seqincrement > 0 then (coalesce(pg_sequence_last_value(pg_class.oid), seqstart) - seqmin) / nullif(bounds.most - seqmin, 0)
               else (seqmax - coalesce(pg_sequence_last_value(pg_class.oid), seqstart)) / nullif(seqmax - bounds.least, 0)
             end
           end::float8 as "usedRatio"
    from pg_sequence
    join pg_class on pg_class.oid = seqrelid
    cross join lateral (
      select min(case atttypid when 'smallint'::regtype then 32767 when 'integer'::regtype then 2147483647 end)::numeric as most
      from used join pg_attribute on attrelid = table_oid and attnum = number where sequence_oid = pg_class.oid
    ) as filled
    cross join lateral (
      select least(seqmax::numeric, filled.most) as most, greatest(seqmin::numeric, -filled.most - 1) as least
    ) as bounds
    where ${isUserRelation}
    order by "usedRatio" desc nulls first, relname`,
  columns: {
    sequence: { label: "Sequence", unit: "text" },
    column: { label: "Fills", unit: "text" },
    lastValue: {
      label: "Last value",
      unit: "count",
      description: "Unknown where the login may not read the sequence, or it was never used.",
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

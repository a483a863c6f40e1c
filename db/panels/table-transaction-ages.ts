import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

/** TOAST tables count with theirs. Catalogs are listed too: one of them can be the oldest of all. */
export const tableTransactionAges = definePanel({
  id: "table-transaction-ages",
  group: "vacuum",
  title: "Transaction id age by table",
  question: "Which tables keep the database from forgetting old transaction ids?",
  requires: {},
  sql: () => sql`
    select pg_class.relnamespace::regnamespace || '.' || quote_ident(pg_class.relname) as "table",
           age.xids as "xidAge", age.multixacts as "multixactAge", rule.freeze_at as "freezeAtAge",
           age.xids / rule.freeze_at as "dueRatio",
           coalesce(progress.phase, 'none') as "vacuum",
           progress.heap_blks_scanned::float8 / nullif(progress.heap_blks_total, 0) as "vacuumDoneRatio",
           pg_class.relpages * current_setting('block_size')::float8 as "sizeBytes"
    from pg_class
    left join pg_class as toast on toast.oid = pg_class.reltoastrelid
    left join lateral (
      select phase, heap_blks_scanned, heap_blks_total
      from pg_stat_progress_vacuum
      where relid in (pg_class.oid, toast.oid) and datname = current_database()
      order by relid limit 1
    ) as progress on true
    cross join lateral (
      select greatest(age(pg_class.relfrozenxid), age(toast.relfrozenxid))::float8 as xids,
             greatest(mxid_age(pg_class.relminmxid), mxid_age(toast.relminmxid))::float8 as multixacts
    ) as age
    cross join lateral (
      select least(
        (select option_value::float8 from pg_options_to_table(pg_class.reloptions) where option_name = 'autovacuum_freeze_max_age'),
        current_setting('autovacuum_freeze_max_age')::float8
      ) as freeze_at
    ) as rule
    where pg_class.relkind in ('r', 'm') and pg_class.relpersistence <> 't'
    order by age.xids desc, pg_class.relname, pg_class.oid`,
  columns: {
    table: { label: "Table", unit: "text" },
    xidAge: { label: "Transaction ids", unit: "count", description: "The older of the table and its TOAST table." },
    multixactAge: { label: "Multixact ids", unit: "count" },
    freezeAtAge: { label: "Freezing begins at", unit: "count" },
    dueRatio: { label: "Due", unit: "ratio", description: "Beyond 1 autovacuum freezes it, also where it is off." },
    vacuum: { label: "Vacuum under way", unit: "text" },
    vacuumDoneRatio: { label: "Done", unit: "ratio", description: "Unknown where no vacuum runs." },
    sizeBytes: { label: "Size", unit: "bytes", description: "As of the last vacuum or analyze." },
  },
  key: ["table"],
  threshold: {
    column: "dueRatio",
    worseWhen: "above",
    warning: 1.5,
    critical: 5,
    source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND",
  },
  finding: ({ table }) => `${table} should have been frozen long ago, and was not.`,
  everySeconds: 3600,
  remedy: {
    text: "See who holds back vacuum and whether all workers are busy, then freeze the table.",
    statement: ({ table }) => ({ up: `vacuum (freeze, verbose) ${table};`, down: null }),
  },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-class.html",
});

import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const xminHolders = definePanel({
  id: "xmin-holders",
  group: "vacuum",
  title: "Who holds back vacuum",
  question: "Which transaction, slot or standby keeps dead tuples from being removed?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select kind as "kind", holder as "holder", age(xmin)::float8 as "heldTransactions",
           extract(epoch from clock_timestamp() - since)::float8 as "heldSeconds", detail as "detail"
    from (
      select 'backend' as kind, pid::text as holder, xmin, xact_start as since,
             concat_ws(', ', coalesce(nullif(application_name, ''), backend_type) || ' (' || coalesce(usename, 'server') || ')', state)
               as detail
      from pg_stat_activity
      cross join lateral (
        select case when backend_xid is null or age(backend_xmin) > age(backend_xid) then backend_xmin else backend_xid end
      ) as oldest (xmin)
      where backend_type not in ('walsender', 'parallel worker') and pid <> pg_backend_pid()
        and query not like '%ops-console:probe%' and coalesce(datname, current_database()) = current_database()
        and pid not in (select pid from pg_stat_progress_vacuum) -- vacuum holds nothing back
      union all
      select 'replication slot', slot_name, oldest.xmin, null,
             slot_type || case when active then ', active' else ', nobody reads it' end
      from pg_replication_slots
      cross join lateral (
        select case when pg_replication_slots.xmin is null or age(catalog_xmin) > age(pg_replication_slots.xmin)
          then catalog_xmin else pg_replication_slots.xmin end
      ) as oldest (xmin)
      union all
      select 'prepared transaction', gid, transaction, prepared, owner::text from pg_prepared_xacts
      where database = current_database()
      union all
      select 'standby', coalesce(nullif(application_name, ''), client_addr::text, pid::text), backend_xmin, null, state
      from pg_stat_replication
    ) as held
    where xmin is not null
    order by age(xmin) desc, kind, holder`,
  columns: {
    kind: { label: "Kind", unit: "text" },
    holder: { label: "Holder", unit: "text" },
    heldTransactions: { label: "Transactions held", unit: "count", description: "Begun since; their dead rows stay." },
    heldSeconds: { label: "Held for", unit: "seconds", description: "Unknown for slots and standbys." },
    detail: { label: "Detail", unit: "text" },
  },
  key: ["kind", "holder"],
  threshold: {
    column: "heldTransactions",
    worseWhen: "above",
    warning: 1_000_000,
    critical: 50_000_000,
    source: "The console's own choice, far below autovacuum_freeze_max_age.",
  },
  finding: ({ kind, holder }) => `The ${kind} ${holder} keeps vacuum from removing dead rows.`,
  remedy: { text: "End the transaction, drop the slot nobody reads, or commit the prepared transaction." },
  empty: "Nothing holds vacuum back.",
  source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND",
});

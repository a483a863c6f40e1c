import { sql } from "drizzle-orm";

import { schemaOf } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const statementCapacity = definePanel({
  id: "statement-capacity",
  group: "queries",
  title: "Room for statements",
  question: "Are statements pushed out of the statistics before they are seen?",
  requires: { extension: "pg_stat_statements" },
  sql: (server) => {
    const schema = schemaOf(server, "pg_stat_statements");
    return sql`
      select (select count(*) from ${schema}.pg_stat_statements(showtext := false))::float8 as "kept",
             current_setting('pg_stat_statements.max')::float8 as "room",
             (select count(*) from ${schema}.pg_stat_statements(showtext := false))
               / current_setting('pg_stat_statements.max')::float8 as "usedRatio",
             dealloc::float8 as "evictions", extract(epoch from stats_reset)::float8 as "countedFrom"
      from ${schema}.pg_stat_statements_info
      order by stats_reset`;
  },
  columns: {
    kept: { label: "Kept", unit: "count" },
    room: { label: "Room", unit: "count", description: "pg_stat_statements.max" },
    usedRatio: { label: "Used", unit: "ratio" },
    evictions: {
      label: "Evictions",
      unit: "count",
      isCounter: true,
      description: "Each throws out the least used twentieth; sums may fall and lie.",
    },
    countedFrom: { label: "Counted from", unit: "instant" },
  },
  key: [],
  history: { columns: ["kept", "evictions"] },
  remedy: {
    text: "Raise pg_stat_statements.max (restart), or let the application send parameters in place of constants.",
  },
  empty: "The extension answered nothing.",
  source: "https://www.postgresql.org/docs/current/pgstatstatements.html#PGSTATSTATEMENTS-PG-STAT-STATEMENTS-INFO",
});

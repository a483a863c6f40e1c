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
      select kept as "kept", room as "room", kept / room as "usedRatio", dealloc::float8 as "evictions",
             dealloc / greatest(extract(epoch from clock_timestamp() - stats_reset)::float8 / 3600, 1) as "evictionsPerHour",
             extract(epoch from stats_reset)::float8 as "countedFrom"
      from ${schema}.pg_stat_statements_info
      cross join (select count(*)::float8 as kept from ${schema}.pg_stat_statements(showtext := false)) as statement
      cross join (select current_setting('pg_stat_statements.max')::float8 as room) as setting
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
    evictionsPerHour: { label: "Evictions an hour", unit: "count", description: "On average since they are counted." },
    countedFrom: { label: "Counted from", unit: "instant" },
  },
  key: [],
  threshold: {
    column: "evictionsPerHour",
    worseWhen: "above",
    warning: 4,
    critical: null,
    source: "The console's own choice: at four an hour a fifth of what is kept goes between two looks of a person.",
  },
  finding: ({ evictions, room }) =>
    `Statements were pushed out of the statistics ${evictions} times: there are more than ${room} kinds of them.`,
  history: { columns: ["kept", "evictions"] },
  remedy: {
    text: "Raise pg_stat_statements.max (restart), or let the application send parameters in place of constants.",
  },
  empty: "The extension answered nothing.",
  source: "https://www.postgresql.org/docs/current/pgstatstatements.html#PGSTATSTATEMENTS-PG-STAT-STATEMENTS-INFO",
});

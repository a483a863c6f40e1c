import { sql } from "drizzle-orm";

import { schemaOf } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** The extension keeps no percentiles of single calls; this is the percentile of each statement's mean, by calls. */
export const statementMeans = definePanel({
  id: "statement-means",
  group: "queries",
  title: "Speed of statements",
  question: "How quick is the statement that 95 of 100 calls beat?",
  requires: { extension: "pg_stat_statements", privilege: "pg_read_all_stats" },
  sql: (server) => {
    const schema = schemaOf(server, "pg_stat_statements");
    return sql`
      select max(total)::float8 as "calls",
             min(mean_exec_time) filter (where below >= 0.5 * total) as "p50MeanMilliseconds",
             min(mean_exec_time) filter (where below >= 0.95 * total) as "p95MeanMilliseconds"
      from (
        select mean_exec_time, sum(calls) over (order by mean_exec_time) as below, sum(calls) over () as total
        from ${schema}.pg_stat_statements(showtext := false)
        where dbid = (select oid from pg_database where datname = current_database()) and calls > 0
          and userid <> (select oid from pg_roles where rolname = current_user) -- what the console itself asks
      ) as ranked
      order by 1`;
  },
  columns: {
    calls: {
      label: "Calls",
      unit: "count",
      description: "Of the statements that are kept, since the statistics began.",
    },
    p50MeanMilliseconds: {
      label: "Mean, 50 of 100",
      unit: "milliseconds",
      description: "Half of all calls belong to statements with a mean up to this.",
    },
    p95MeanMilliseconds: {
      label: "Mean, 95 of 100",
      unit: "milliseconds",
      description: "95 of 100 calls belong to statements with a mean up to this; not a percentile of single calls.",
    },
  },
  key: [],
  threshold: {
    column: "p95MeanMilliseconds",
    worseWhen: "above",
    warning: 100,
    critical: 1000,
    source: "SecuryFlex's own target: query p95 below 100 ms.",
  },
  finding: () => "More than 5 of 100 calls belong to statements that are slow on average.",
  history: { columns: ["p50MeanMilliseconds", "p95MeanMilliseconds"] },
  remedy: { text: "Begin with the statements that cost the most in total." },
  empty: "No statement was kept since the last reset.",
  source: "https://www.postgresql.org/docs/current/pgstatstatements.html",
});

import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const transactionIdAge = definePanel({
  id: "transaction-id-age",
  group: "vacuum",
  title: "Transaction id age",
  question: "How far is each database from the wraparound stop?",
  requires: {},
  sql: () => sql`
    select datname as "database", age(datfrozenxid)::float8 as "xidAge", mxid_age(datminmxid)::float8 as "multixactAge",
           greatest(age(datfrozenxid), mxid_age(datminmxid)) / 2144483647.0::float8 as "usedRatio",
           current_setting('autovacuum_freeze_max_age')::float8 as "freezeAtAge"
    from pg_database
    order by greatest(age(datfrozenxid), mxid_age(datminmxid)) desc, datname`,
  columns: {
    database: { label: "Database", unit: "text", description: "All of the server: one that is full stops them all." },
    xidAge: { label: "Transaction ids", unit: "count" },
    multixactAge: { label: "Multixact ids", unit: "count" },
    usedRatio: {
      label: "Of what there is",
      unit: "ratio",
      description: "Of 2,144,483,647, where the server refuses writes.",
    },
    freezeAtAge: { label: "Freezing begins at", unit: "count" },
  },
  key: ["database"],
  threshold: {
    column: "usedRatio",
    worseWhen: "above",
    warning: 0.5,
    critical: 0.75,
    source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-WRAPAROUND",
  },
  finding: ({ database }) => `The database ${database} comes near the end of its transaction ids.`,
  everySeconds: 3600,
  history: { columns: ["xidAge", "multixactAge"] },
  remedy: {
    text: "See who holds back vacuum, end that, then vacuum the oldest tables; no single-user mode is needed.",
  },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-database.html",
});

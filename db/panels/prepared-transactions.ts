import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const preparedTransactions = definePanel({
  id: "prepared-transactions",
  group: "connections",
  title: "Prepared transactions",
  question: "Which transaction was prepared and then forgotten?",
  requires: {},
  sql: () => sql`
    select gid as "name", database as "database", owner as "owner",
           extract(epoch from clock_timestamp() - prepared)::float8 as "preparedSeconds",
           age(transaction)::float8 as "heldTransactions"
    from pg_prepared_xacts
    order by prepared, gid`,
  columns: {
    name: { label: "Name", unit: "text" },
    database: { label: "Database", unit: "text" },
    owner: { label: "Owner", unit: "text" },
    preparedSeconds: { label: "Prepared for", unit: "seconds" },
    heldTransactions: { label: "Transactions held", unit: "count", description: "Begun since; their dead rows stay." },
  },
  key: ["name"],
  threshold: {
    column: "preparedSeconds",
    worseWhen: "above",
    warning: 30,
    critical: 3600,
    source: "https://www.postgresql.org/docs/current/sql-prepare-transaction.html",
  },
  finding: ({ name, database }) =>
    `The prepared transaction ${name} of ${database} keeps its locks and holds back vacuum; no restart ends it.`,
  remedy: {
    text: "Ask its transaction manager. Where nobody knows it, its owner or a superuser rolls it back in its own database.",
    statement: ({ name }) => ({ up: `rollback prepared '${String(name).replaceAll("'", "''")}';`, down: null }),
  },
  empty: "No transaction is prepared.",
  source: "https://www.postgresql.org/docs/current/view-pg-prepared-xacts.html",
});

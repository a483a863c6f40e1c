import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

import type { PlanNode } from "../rules/database/plan-tree";

const counters = {
  calls: doublePrecision("calls").notNull(),
  execMilliseconds: doublePrecision("exec_milliseconds").notNull(),
  rows: doublePrecision("rows").notNull(),
  readBlocks: doublePrecision("read_blocks").notNull(),
  temporaryBlocks: doublePrecision("temporary_blocks").notNull(),
  walBytes: doublePrecision("wal_bytes").notNull(),
};
/** A 64-bit number beyond what a JavaScript number holds. */
const queryId = () => bigint("query_id", { mode: "bigint" });

export const statementTexts = pgTable(
  "statement_texts",
  {
    queryId: queryId().primaryKey(),
    text: text("text").notNull(),
    firstSeenAt: timestamp("first_seen_at", { withTimezone: true }).notNull(),
    /** The same for statements that differ in constants and lists alone; empty where the text is not understood. */
    shape: text("shape"),
  },
  (table) => [index("statement_texts_shape_idx").on(table.shape)],
);

/** The newest reading of pg_stat_statements, from which the next minute is told. */
export const statementCounters = pgTable(
  "statement_counters",
  { queryId: queryId().notNull(), userName: text("user_name").notNull(), ...counters },
  (table) => [primaryKey({ columns: [table.queryId, table.userName] })],
);

/** When that reading was. One row. */
export const statementReadings = pgTable(
  "statement_readings",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    readAt: timestamp("read_at", { withTimezone: true }).notNull(),
  },
  (table) => [check("only_row", sql`${table.isOnly}`)],
);

/** What happened within each minute, ten minutes and hour. Query id 0 is all that was too small to keep by itself. */
export const statementDeltas = pgTable(
  "statement_deltas",
  {
    resolutionSeconds: integer("resolution_seconds").notNull(),
    sampledAt: timestamp("sampled_at", { withTimezone: true }).notNull(),
    queryId: queryId().notNull(),
    userName: text("user_name").notNull(),
    ...counters,
  },
  (table) => [
    primaryKey({ columns: [table.resolutionSeconds, table.sampledAt, table.queryId, table.userName] }),
    index("statement_deltas_query_id_sampled_at_idx").on(table.queryId, table.sampledAt),
  ],
);

/** Each plan that was read of a statement, once, by the fingerprint of its shape. The newest numbers stand in it. */
export const statementPlans = pgTable(
  "statement_plans",
  {
    queryId: queryId()
      .notNull()
      .references(() => statementTexts.queryId, { onDelete: "cascade" }),
    /** sha256 of its steps, relations, indexes and conditions. */
    fingerprint: text("fingerprint").notNull(),
    /** Whether the statement was run for it. */
    isMeasured: boolean("is_measured").notNull(),
    plan: jsonb("plan").$type<PlanNode>().notNull(),
    /** For example 150020. */
    serverVersion: integer("server_version").notNull(),
    firstSeenAt: timestamp("first_seen_at", { withTimezone: true }).notNull(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.queryId, table.fingerprint, table.isMeasured] })],
);

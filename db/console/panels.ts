import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

/** The newest answer of each panel to the worker. */
export const panelReadings = pgTable(
  "panel_readings",
  {
    panel: text("panel").primaryKey(),
    readAt: timestamp("read_at", { withTimezone: true }).notNull(),
    /** Null when it could not be read. */
    tookMilliseconds: real("took_milliseconds"),
    /** Null when it could not be read. */
    rowCount: integer("row_count"),
    /** Rows whose judged value is unknown. Null when it could not be read. */
    unjudgedCount: integer("unjudged_count"),
    /** The numbers of its history, row by row; empty when it could not be read. */
    measured: jsonb("measured").$type<{ subject: string; measured: Record<string, number> }[]>().notNull().default([]),
    /** Why it could not be read. Null when it was. */
    failure: text("failure"),
  },
  (table) => [check("failure_when_unread", sql`(${table.failure} is null) = (${table.rowCount} is not null)`)],
);

/** A row of a panel that crossed its threshold, from the first answer that showed it to the first that did not. */
export const findings = pgTable(
  "findings",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    panel: text("panel").notNull(),
    /** What names the row within its panel; empty where the panel has one. */
    subject: text("subject").notNull(),
    severity: text("severity", { enum: ["warning", "critical"] }).notNull(),
    sentence: text("sentence").notNull(),
    /** Of the judged column, in its unit. */
    value: doublePrecision("value").notNull(),
    beganAt: timestamp("began_at", { withTimezone: true }).notNull(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull(),
    /** Null while it holds. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (table) => [
    uniqueIndex("findings_open_key").on(table.panel, table.subject).where(sql`ended_at is null`),
    index("findings_ended_at_idx").on(table.endedAt).where(sql`ended_at is not null`),
    check("valid_severity", sql`${table.severity} in ('warning', 'critical')`),
  ],
);

/** Partitioned by resolution and day: 1 minute kept 2 days, 10 minutes 14 days, 1 hour 90 days. */
export const panelSamples = pgTable(
  "panel_samples",
  {
    resolutionSeconds: integer("resolution_seconds").notNull(),
    sampledAt: timestamp("sampled_at", { withTimezone: true }).notNull(),
    panel: text("panel").notNull(),
    subject: text("subject").notNull(),
    /** Column of the panel to its number. */
    measured: jsonb("measured").$type<Record<string, number>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.resolutionSeconds, table.panel, table.subject, table.sampledAt] })],
);

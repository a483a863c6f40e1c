import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

/** What leaves the house, written in the transaction that changed something. See docs/decisions/messages-leave-by-an-outbox.md. */
export const opsDeliveries = pgTable(
  "ops_deliveries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** By which a receiver tells that it has had a message before. */
    messageId: uuid("message_id").notNull().defaultRandom(),
    /** Messages of one subject are sent in the order of their ids. */
    subject: text("subject").notNull(),
    type: text("type").notNull(),
    shiftId: bigint("shift_id", { mode: "number" }),
    /** Of operation_runs, in the console's own database. */
    runId: uuid("run_id"),
    /** Whom it is for; null for a change that concerns no one person. */
    userId: uuid("user_id"),
    body: jsonb("body").$type<Record<string, unknown>>().notNull(),
    /** dead: refused or tried too often. lapsed: no receiver was set while it was of use. */
    state: text("state", { enum: ["waiting", "delivered", "dead", "lapsed"] })
      .notNull()
      .default("waiting"),
    /** The number of the attempt that may record what became of it. */
    attempts: integer("attempts").notNull().default(0),
    dueAt: timestamp("due_at", { withTimezone: true }).notNull().defaultNow(),
    /** Until then a worker sends it. */
    leasedUntil: timestamp("leased_until", { withTimezone: true }),
    /** What the receiver answered last; null where it did not. */
    answeredStatus: integer("answered_status"),
    failure: text("failure"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    settledAt: timestamp("settled_at", { withTimezone: true }),
  },
  (table) => [
    unique("ops_deliveries_message_id_key").on(table.messageId),
    index("ops_deliveries_waiting_due_at_idx").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    index("ops_deliveries_waiting_subject_id_idx").on(table.subject, table.id).where(sql`${table.state} = 'waiting'`),
    index("ops_deliveries_dead_id_idx").on(table.id).where(sql`${table.state} = 'dead'`),
    index("ops_deliveries_shift_id_id_idx").on(table.shiftId, table.id),
    index("ops_deliveries_run_id_idx").on(table.runId),
    index("ops_deliveries_settled_at_idx").on(table.settledAt),
    check("valid_state", sql`${table.state} in ('waiting', 'delivered', 'dead', 'lapsed')`),
    check("settled_when_not_waiting", sql`(${table.state} = 'waiting') = (${table.settledAt} is null)`),
  ],
);

import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { xid8 } from "./ops-feed";

/** What changed in the product's tables, one slim row for each, written by triggers in the same transaction. */
export const opsOutbox = pgTable(
  "ops_outbox",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    xid: xid8("xid").notNull().default(sql`pg_current_xact_id()`),
    topic: text("topic", { enum: ["shift", "checkin", "incident", "payment"] }).notNull(),
    /** The row of the topic's table. */
    entityId: bigint("entity_id", { mode: "number" }).notNull(),
    shiftId: bigint("shift_id", { mode: "number" }).notNull(),
    op: text("op", { enum: ["insert", "update", "delete"] }).notNull(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("ops_outbox_xid_id_idx").on(table.xid, table.id),
    check("valid_topic", sql`${table.topic} in ('shift', 'checkin', 'incident', 'payment')`),
    check("valid_op", sql`${table.op} in ('insert', 'update', 'delete')`),
  ],
);

import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { shifts } from "./shifts";

export const incidents = pgTable(
  "incidents",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shiftId: bigint("shift_id", { mode: "number" })
      .notNull()
      .references(() => shifts.id),
    severity: text("severity", { enum: ["low", "medium", "high", "critical"] }).notNull(),
    summary: text("summary").notNull(),
    reportedAt: timestamp("reported_at", { withTimezone: true }).notNull().defaultNow(),
    acknowledgedAt: timestamp("acknowledged_at", { withTimezone: true }),
    onSceneAt: timestamp("on_scene_at", { withTimezone: true }),
    closedAt: timestamp("closed_at", { withTimezone: true }),
  },
  (table) => [
    index("incidents_shift_id_idx").on(table.shiftId),
    index("incidents_open_reported_at_idx").on(table.reportedAt).where(sql`closed_at is null`),
    check("valid_severity", sql`${table.severity} in ('low', 'medium', 'high', 'critical')`),
  ],
);

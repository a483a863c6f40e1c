import { sql } from "drizzle-orm";
import { bigint, check, index, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { securityProfessionals } from "./security-professionals";
import { shifts } from "./shifts";

export const finqleTransactions = pgTable(
  "finqle_transactions",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shiftId: bigint("shift_id", { mode: "number" })
      .notNull()
      .references(() => shifts.id),
    professionalId: bigint("professional_id", { mode: "number" })
      .notNull()
      .references(() => securityProfessionals.id),
    /** Euro. */
    amount: numeric("amount", { precision: 10, scale: 2 }).notNull(),
    status: text("status", { enum: ["pending", "approved", "paid", "failed"] })
      .notNull()
      .default("pending"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    approvedAt: timestamp("approved_at", { withTimezone: true }),
    paidAt: timestamp("paid_at", { withTimezone: true }),
  },
  (table) => [
    index("finqle_transactions_shift_id_idx").on(table.shiftId),
    index("finqle_transactions_professional_id_idx").on(table.professionalId),
    check("valid_status", sql`${table.status} in ('pending', 'approved', 'paid', 'failed')`),
  ],
);

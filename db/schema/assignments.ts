import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

import { securityProfessionals } from "./security-professionals";
import { shifts } from "./shifts";

/**
 * Guards on shifts over time, kept by the triggers `shifts_begin_assignments` and `shifts_keep_assignments`. One that
 * stands has no end; a completed shift keeps its assignment. See docs/decisions/truth-as-of-an-instant.md.
 */
export const assignments = pgTable(
  "assignments",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shiftId: bigint("shift_id", { mode: "number" })
      .notNull()
      .references(() => shifts.id, { onDelete: "cascade" }),
    professionalId: bigint("professional_id", { mode: "number" })
      .notNull()
      .references(() => securityProfessionals.id, { onDelete: "cascade" }),
    /** Null where it is not on record. */
    beganAt: timestamp("began_at", { withTimezone: true }),
    /** `assigned`, `reassigned` where another guard had the shift until then, or a reason code. */
    beganReason: text("began_reason").notNull(),
    /** Null while it stands; so is the reason. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
    /** `reassigned`, `unassigned`, why the shift was cancelled, or a reason code. */
    endedReason: text("ended_reason"),
  },
  (table) => [
    uniqueIndex("assignments_open_shift_id_idx").on(table.shiftId).where(sql`ended_at is null`),
    index("assignments_shift_id_began_at_idx").on(table.shiftId, table.beganAt),
    index("assignments_professional_id_began_at_idx").on(table.professionalId, table.beganAt),
    index("assignments_called_off_professional_id_idx")
      .on(table.professionalId)
      .where(sql`ended_reason in ('sick', 'no-show', 'late cancellation')`),
    check("valid_interval", sql`${table.endedAt} >= ${table.beganAt}`),
    check("reason_with_end", sql`(${table.endedAt} is null) = (${table.endedReason} is null)`),
  ],
);

import { bigint, boolean, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { type shiftStatuses, shifts } from "./shifts";

/**
 * What a shift was until it changed, kept by the trigger `shifts_keep_history` for as long as the board travels back.
 * What it is since its last change stands in `shifts`.
 */
export const opsShiftHistory = pgTable(
  "ops_shift_history",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shiftId: bigint("shift_id", { mode: "number" })
      .notNull()
      .references(() => shifts.id, { onDelete: "cascade" }),
    /** When it ceased to be so. */
    untilAt: timestamp("until_at", { withTimezone: true }).notNull(),
    status: text("status").$type<(typeof shiftStatuses)[number]>().notNull(),
    professionalId: bigint("professional_id", { mode: "number" }),
    assignedAt: timestamp("assigned_at", { withTimezone: true }),
    startDatetime: timestamp("start_datetime", { withTimezone: true }).notNull(),
    endDatetime: timestamp("end_datetime", { withTimezone: true }).notNull(),
    locationId: bigint("location_id", { mode: "number" }).notNull(),
    post: text("post").notNull(),
    /** Told from the columns that the shift had when the history began. */
    isReconstructed: boolean("is_reconstructed").notNull().default(false),
  },
  (table) => [
    index("ops_shift_history_shift_id_until_at_idx").on(table.shiftId, table.untilAt),
    index("ops_shift_history_start_datetime_idx").on(table.startDatetime),
    index("ops_shift_history_is_reconstructed_until_at_idx").on(table.isReconstructed, table.untilAt),
  ],
);

import { bigint, boolean, pgTable, real, timestamp } from "drizzle-orm/pg-core";

import { mercatorPoint } from "./geography";
import { securityProfessionals } from "./security-professionals";
import { shifts } from "./shifts";

/** Where each guard was last, by the server's clock. The trigger `ops_keep_last_positions` writes it. */
export const opsLastPositions = pgTable("ops_last_positions", {
  professionalId: bigint("professional_id", { mode: "number" })
    .primaryKey()
    .references(() => securityProfessionals.id, { onDelete: "cascade" }),
  shiftId: bigint("shift_id", { mode: "number" })
    .notNull()
    .references(() => shifts.id, { onDelete: "cascade" }),
  checkinId: bigint("checkin_id", { mode: "number" }).notNull(),
  point: mercatorPoint("point").notNull(),
  accuracyMeters: real("accuracy_meters"),
  isWithinRadius: boolean("is_within_radius"),
  recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
});

import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, real, text, timestamp } from "drizzle-orm/pg-core";

import { geographyPoint } from "./geography";
import { securityProfessionals } from "./security-professionals";
import { shifts } from "./shifts";

export const gpsCheckins = pgTable(
  "gps_checkins",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shiftId: bigint("shift_id", { mode: "number" })
      .notNull()
      .references(() => shifts.id),
    professionalId: bigint("professional_id", { mode: "number" })
      .notNull()
      .references(() => securityProfessionals.id),
    kind: text("kind", { enum: ["in", "ping", "out"] }).notNull(),
    gpsPoint: geographyPoint("gps_point").notNull(),
    /** Radius of the circle that the device trusts. Null when the device gave none. */
    accuracyMeters: real("accuracy_meters"),
    /** Null when the accuracy overlaps the boundary: neither inside nor outside can be proven. */
    isWithinRadius: boolean("is_within_radius"),
    /** The device's clock. */
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
    /** The server's clock. */
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("gps_checkins_shift_id_created_at_idx").on(table.shiftId, table.createdAt),
    index("gps_checkins_gps_point_idx").using("gist", table.gpsPoint),
    index("gps_checkins_accuracy_meters_idx").on(table.accuracyMeters).where(sql`accuracy_meters is not null`),
    index("gps_checkins_map_square_created_at_idx").on(
      sql`(floor((least(ST_X(gps_point::geometry), 180) + 180) / 360 * 16384)::integer << 14
        | floor((1 - asinh(tan(radians(least(ST_Y(gps_point::geometry), 90)))) / pi()) / 2 * 16384)::integer)`,
      table.createdAt,
    ),
    check("valid_kind", sql`${table.kind} in ('in', 'ping', 'out')`),
    check("valid_accuracy", sql`${table.accuracyMeters} > 0 and ${table.accuracyMeters} <= 100`),
  ],
);

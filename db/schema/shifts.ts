import { sql } from "drizzle-orm";
import { bigint, check, index, integer, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { locations } from "./locations";
import { organizations } from "./organizations";
import { securityProfessionals } from "./security-professionals";

export const shiftStatuses = ["draft", "published", "assigned", "active", "completed", "cancelled"] as const;

/**
 * The exclusion constraint `shifts_no_double_booking` and the trigger `shifts_require_certificates` stand in the
 * migrations; Drizzle has no words for them. Covering indexes are declared without their INCLUDE columns likewise.
 */
export const shifts = pgTable(
  "shifts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    companyId: bigint("company_id", { mode: "number" })
      .notNull()
      .references(() => organizations.id),
    clientId: bigint("client_id", { mode: "number" })
      .notNull()
      .references(() => organizations.id),
    locationId: bigint("location_id", { mode: "number" })
      .notNull()
      .references(() => locations.id, { onDelete: "restrict" }),
    /** Null while nobody has the shift. */
    professionalId: bigint("professional_id", { mode: "number" }).references(() => securityProfessionals.id),
    post: text("post").notNull().default("Object security"),
    status: text("status", { enum: shiftStatuses }).notNull().default("draft"),
    startDatetime: timestamp("start_datetime", { withTimezone: true }).notNull(),
    endDatetime: timestamp("end_datetime", { withTimezone: true }).notNull(),
    headcount: integer("headcount").notNull().default(1),
    /** Euro an hour. */
    hourlyRate: numeric("hourly_rate", { precision: 10, scale: 2 }).notNull(),
    /** Factor on the hourly rate. */
    overtimeRate: numeric("overtime_rate", { precision: 10, scale: 2 }).notNull().default("1.5"),
    cancelReason: text("cancel_reason"),
    publishedAt: timestamp("published_at", { withTimezone: true }),
    assignedAt: timestamp("assigned_at", { withTimezone: true }),
    cancelledAt: timestamp("cancelled_at", { withTimezone: true }),
    version: integer("version").notNull().default(1),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("shifts_start_datetime_end_datetime_status_idx").on(table.startDatetime, table.endDatetime, table.status),
    index("shifts_open_start_datetime_idx").on(table.startDatetime).where(sql`status in ('active', 'assigned')`),
    index("shifts_professional_id_start_datetime_idx").on(table.professionalId, table.startDatetime),
    index("shifts_end_datetime_start_datetime_id_idx").on(table.endDatetime, table.startDatetime, table.id),
    index("shifts_updated_at_start_datetime_id_idx").on(table.updatedAt, table.startDatetime, table.id),
    index("shifts_hourly_rate_start_datetime_id_idx").on(table.hourlyRate, table.startDatetime, table.id),
    index("shifts_status_start_datetime_id_idx").on(table.status, table.startDatetime, table.id),
    index("shifts_location_id_start_datetime_idx").on(table.locationId, table.startDatetime),
    index("shifts_client_id_start_datetime_idx").on(table.clientId, table.startDatetime),
    index("shifts_company_id_idx").on(table.companyId),
    check(
      "valid_status",
      sql`${table.status} in ('draft', 'published', 'assigned', 'active', 'completed', 'cancelled')`,
    ),
    check("valid_hourly_rate", sql`${table.hourlyRate} between 15.00 and 500.00`),
    check("valid_headcount", sql`${table.headcount} >= 1`),
    check("check_dates", sql`${table.endDatetime} > ${table.startDatetime}`),
  ],
);

import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, numeric, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

import { geographyPoint } from "./geography";
import { users } from "./users";

export const securityProfessionals = pgTable(
  "security_professionals",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    /** Null while the guard has given no home. */
    homePoint: geographyPoint("home_point"),
    homeCity: text("home_city"),
    /** Euro an hour. */
    hourlyRate: numeric("hourly_rate", { precision: 10, scale: 2 }),
    employment: text("employment", { enum: ["zzp", "employee"] })
      .notNull()
      .default("zzp"),
    vcaCertificate: jsonb("vca_certificate").$type<Record<string, unknown>>(),
    /** The instant at which the VCA ends. Null is "not valid": missing or unreadable. */
    vcaValidUntil: timestamp("vca_valid_until", { withTimezone: true }).generatedAlwaysAs(
      sql`certificate_valid_until(vca_certificate)`,
    ),
    guardPassColour: text("guard_pass_colour", { enum: ["grey", "green", "blue", "yellow", "orange"] }),
    guardPassValidUntil: timestamp("guard_pass_valid_until", { withTimezone: true }),
    guardPassRestriction: text("guard_pass_restriction"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("security_professionals_user_id_key").on(table.userId),
    index("security_professionals_home_point_idx").using("gist", table.homePoint),
    check("valid_employment", sql`${table.employment} in ('zzp', 'employee')`),
    check("valid_guard_pass_colour", sql`${table.guardPassColour} in ('grey', 'green', 'blue', 'yellow', 'orange')`),
  ],
);

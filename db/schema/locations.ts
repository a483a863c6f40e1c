import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { geographyPoint } from "./geography";
import { organizations } from "./organizations";

export const locations = pgTable(
  "locations",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** The client whose site this is. */
    organizationId: bigint("organization_id", { mode: "number" })
      .notNull()
      .references(() => organizations.id),
    name: text("name").notNull(),
    address: text("address").notNull(),
    postalCode: text("postal_code"),
    city: text("city").notNull(),
    /** Dutch province. */
    region: text("region"),
    locationPoint: geographyPoint("location_point").notNull(),
    radiusMeters: integer("radius_meters").notNull().default(100),
    timeZone: text("time_zone").notNull().default("Europe/Amsterdam"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("locations_location_point_idx").using("gist", table.locationPoint),
    index("locations_organization_id_idx").on(table.organizationId),
    index("locations_name_idx").on(table.name),
    check("valid_radius", sql`${table.radiusMeters} between 50 and 1000`),
  ],
);

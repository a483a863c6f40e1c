import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

import { organizations } from "./organizations";

export const users = pgTable(
  "users",
  {
    /** What `auth.uid()` returns for this person. */
    id: uuid("id").primaryKey().defaultRandom(),
    /** Null for a self-employed guard, who belongs to no organization. */
    organizationId: bigint("organization_id", { mode: "number" }).references(() => organizations.id),
    role: text("role", { enum: ["company", "client", "zzp"] }).notNull(),
    fullName: text("full_name").notNull(),
    email: text("email").notNull(),
    phone: text("phone"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("users_email_key").on(table.email),
    index("users_organization_id_idx").on(table.organizationId),
    index("users_full_name_idx").on(table.fullName),
    check("valid_role", sql`${table.role} in ('company', 'client', 'zzp')`),
  ],
);

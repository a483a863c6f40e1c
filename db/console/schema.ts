import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  index,
  inet,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** The people of the console. Their roles and what these permit stand in app/auth/permissions.ts. */
export const staff = pgTable(
  "staff",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** Lower case. */
    email: text("email").notNull(),
    fullName: text("full_name").notNull(),
    role: text("role", { enum: ["ops", "support", "manager", "dba", "admin"] }).notNull(),
    /** argon2id, PHC string. */
    passwordHash: text("password_hash").notNull(),
    /** Null while the account may sign in. */
    disabledAt: timestamp("disabled_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("staff_email_key").on(table.email),
    check("lower_case_email", sql`${table.email} = lower(${table.email})`),
    check("valid_role", sql`${table.role} in ('ops', 'support', 'manager', 'dba', 'admin')`),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    /** Names the session to its owner; no secret. */
    id: uuid("id").primaryKey().defaultRandom(),
    /** sha256 of the token in the cookie; the token itself is stored nowhere. */
    tokenHash: bytea("token_hash").notNull(),
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull().defaultNow(),
    /** The absolute limit; the idle limit counts from lastSeenAt. */
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** Null while the session lives. */
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    address: inet("address"),
    userAgent: text("user_agent"),
  },
  (table) => [
    unique("sessions_token_hash_key").on(table.tokenHash),
    index("sessions_staff_id_idx").on(table.staffId),
    index("sessions_expires_at_idx").on(table.expiresAt),
  ],
);

export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Lower case, as typed; there may be no such account. */
    email: text("email").notNull(),
    address: inet("address"),
    outcome: text("outcome", { enum: ["signed in", "wrong password", "refused"] }).notNull(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("sign_in_attempts_email_at_idx").on(table.email, table.at),
    index("sign_in_attempts_address_at_idx").on(table.address, table.at),
  ],
);

/** Append-only: the serving login may insert and select, nothing else. */
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    /** Null when nobody was signed in. */
    staffId: uuid("staff_id").references(() => staff.id),
    /** For example `session.open`, `staff.add`. */
    action: text("action").notNull(),
    /** What was acted upon, for example `staff:ops@example.nl`. */
    target: text("target"),
    outcome: text("outcome", { enum: ["intent", "done", "refused", "failed"] }).notNull(),
    reason: text("reason"),
    details: jsonb("details").$type<Record<string, unknown>>().notNull().default({}),
    requestId: text("request_id"),
  },
  (table) => [
    index("audit_events_at_idx").on(table.at),
    index("audit_events_staff_id_at_idx").on(table.staffId, table.at),
    check("valid_outcome", sql`${table.outcome} in ('intent', 'done', 'refused', 'failed')`),
  ],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  inet,
  integer,
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
    index("sign_in_attempts_at_idx").on(table.at),
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
    index("audit_events_target_at_idx").on(table.target, table.at),
    check("valid_outcome", sql`${table.outcome} in ('intent', 'done', 'refused', 'failed')`),
  ],
);

/** Chains the events: each hash covers its event and the hash before it. Written by a trigger alone. */
export const auditLinks = pgTable(
  "audit_links",
  {
    position: bigint("position", { mode: "number" }).primaryKey(),
    eventId: bigint("event_id", { mode: "number" })
      .notNull()
      .references(() => auditEvents.id),
    hash: bytea("hash").notNull(),
  },
  (table) => [
    unique("audit_links_event_id_key").on(table.eventId),
    check("positive_position", sql`${table.position} >= 1`),
    check("sha256_hash", sql`octet_length(${table.hash}) = 32`),
  ],
);

/** What the trail was found to be, computed anew and held against its anchors. */
export const auditVerifications = pgTable("audit_verifications", {
  slot: timestamp("slot", { withTimezone: true }).primaryKey(),
  verifiedAt: timestamp("verified_at", { withTimezone: true }).notNull().defaultNow(),
  eventCount: bigint("event_count", { mode: "number" }).notNull(),
  /** That the chain was held against. */
  anchorCount: integer("anchor_count").notNull(),
  /** A sentence each; none means that the trail is whole. */
  faults: text("faults").array().notNull(),
});

/** Processes that take jobs. One that has not been seen for 30 s is taken for dead. */
export const workerInstances = pgTable("worker_instances", {
  id: uuid("id").primaryKey(),
  host: text("host").notNull(),
  pid: integer("pid").notNull(),
  startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
  lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull().defaultNow(),
  /** Null unless it said goodbye. */
  stoppedAt: timestamp("stopped_at", { withTimezone: true }),
});

/** One row for each attempt at one slot of a job's schedule. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    job: text("job").notNull(),
    /** The instant of the schedule that this run answers. */
    slot: timestamp("slot", { withTimezone: true }).notNull(),
    attempt: integer("attempt").notNull(),
    /** The queue's name of the slot. */
    queueId: uuid("queue_id").notNull(),
    instanceId: uuid("instance_id")
      .notNull()
      .references(() => workerInstances.id, { onDelete: "cascade" }),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
    /** Null while it runs. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
    /** Lost: its process fell silent. Released: its process stopped before the end. Null while it runs. */
    outcome: text("outcome", { enum: ["done", "failed", "lost", "released"] }),
    /** What it did, or why it failed: one sentence. */
    note: text("note"),
  },
  (table) => [
    unique("job_runs_job_slot_attempt_key").on(table.job, table.slot, table.attempt),
    index("job_runs_instance_id_idx").on(table.instanceId),
    index("job_runs_unended_idx").on(table.job, table.slot).where(sql`ended_at is null`),
    check("positive_attempt", sql`${table.attempt} >= 1`),
    check("valid_outcome", sql`${table.outcome} in ('done', 'failed', 'lost', 'released')`),
    check("outcome_at_the_end", sql`(${table.endedAt} is null) = (${table.outcome} is null)`),
  ],
);

/** The SecuryFlex server as the worker found it, once a minute. */
export const serverSamples = pgTable(
  "server_samples",
  {
    /** The minute. */
    sampledAt: timestamp("sampled_at", { withTimezone: true }).primaryKey(),
    isReachable: boolean("is_reachable").notNull(),
    responseMilliseconds: integer("response_milliseconds"),
    /** Of the SecuryFlex database. */
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    /** Client backends of the whole server. */
    connectionsUsed: integer("connections_used"),
    /** What clients without reserved slots may open. */
    connectionsAvailable: integer("connections_available"),
    /** Null when it was reachable. */
    failure: text("failure"),
  },
  (table) => [check("failure_when_unreachable", sql`${table.isReachable} = (${table.failure} is null)`)],
);

/** The state of each feature of the database and since when it holds. */
export const featureReadings = pgTable(
  "feature_readings",
  {
    feature: text("feature").primaryKey(),
    state: text("state", { enum: ["available", "limited", "missing", "unknown"] }).notNull(),
    since: timestamp("since", { withTimezone: true }).notNull(),
    readAt: timestamp("read_at", { withTimezone: true }).notNull(),
  },
  (table) => [check("valid_state", sql`${table.state} in ('available', 'limited', 'missing', 'unknown')`)],
);

/** A filter of a room that somebody named, as the search of its URL. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Whose it is; only they may change it. */
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    room: text("room", { enum: ["live", "shifts", "sla"] }).notNull(),
    name: text("name").notNull(),
    /** Without its question mark. */
    search: text("search").notNull(),
    /** True where everybody of the room may apply it. */
    isShared: boolean("is_shared").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("saved_views_staff_id_room_name_key").on(table.staffId, table.room, table.name),
    index("saved_views_shared_idx").on(table.room).where(sql`is_shared`),
    check("valid_room", sql`${table.room} in ('live', 'shifts', 'sla')`),
    check("valid_name", sql`${table.name} = btrim(${table.name}) and char_length(${table.name}) between 1 and 60`),
    check("valid_search", sql`char_length(${table.search}) between 1 and 1000`),
  ],
);

export { findings, panelReadings, panelSamples } from "./panels";
export { statementCounters, statementDeltas, statementPlans, statementReadings, statementTexts } from "./statements";

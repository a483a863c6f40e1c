import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { type Fact, type Plan, type Progress, risks } from "../operation";
import { staff } from "./schema";

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const runStates = [
  "awaiting approval",
  "queued",
  "running",
  "done",
  "partly done",
  "failed",
  "cancelled",
  "lapsed",
  "interrupted",
] as const;

/** What somebody asked for and what became of it. The serving login can change the state, never what was asked. */
export const operationRuns = pgTable(
  "operation_runs",
  {
    /** Named by the form that asks, so that asking twice is asking once. */
    id: uuid("id").primaryKey(),
    operation: text("operation").notNull(),
    input: jsonb("input").$type<unknown>().notNull(),
    target: text("target").notNull(),
    /** System identifier of the server and oid of the database that it is for, or `console`. */
    server: text("server").notNull(),
    plan: jsonb("plan").$type<Plan>().notNull(),
    /** sha256 of what the plan rests on, hex. */
    digest: text("digest").notNull(),
    risk: text("risk", { enum: risks }).notNull(),
    exclusiveKey: text("exclusive_key").notNull(),
    reason: text("reason"),
    /** Null where the schedule of the worker asked. */
    requestedBy: uuid("requested_by").references(() => staff.id),
    requestedAt: instant("requested_at").notNull().defaultNow(),
    requestId: text("request_id"),
    state: text("state", { enum: runStates }).notNull(),
    approvedBy: uuid("approved_by").references(() => staff.id),
    approvedAt: instant("approved_at"),
    cancelRequestedBy: uuid("cancel_requested_by").references(() => staff.id),
    cancelRequestedAt: instant("cancel_requested_at"),
    /** Of worker_instances, which forgets an instance long before this does. */
    instanceId: uuid("instance_id"),
    /** The fencing token: what an earlier attempt still writes is refused. */
    attempt: integer("attempt").notNull().default(0),
    startedAt: instant("started_at"),
    progress: jsonb("progress").$type<Progress>(),
    endedAt: instant("ended_at"),
    /** What became of it: one sentence. Null until it ended. */
    outcome: text("outcome"),
    /** Measured before and after. Null until it is done. */
    proof: jsonb("proof").$type<Fact[]>(),
  },
  (table) => [
    uniqueIndex("operation_runs_exclusive_idx").on(table.exclusiveKey).where(sql`state = 'running'`),
    index("operation_runs_open_idx")
      .on(table.requestedAt)
      .where(sql`state in ('awaiting approval', 'queued', 'running')`),
    index("operation_runs_requested_at_idx").on(table.requestedAt),
    check("requester_approves_nothing", sql`${table.approvedBy} <> ${table.requestedBy}`),
  ],
);

/** What a run said while it ran. Append-only. */
export const operationLog = pgTable(
  "operation_log",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    runId: uuid("run_id")
      .notNull()
      .references(() => operationRuns.id),
    attempt: integer("attempt").notNull(),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
    line: text("line").notNull(),
  },
  (table) => [index("operation_log_run_id_id_idx").on(table.runId, table.id)],
);

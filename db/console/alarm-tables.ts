import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { alarmCauses, alarmKinds } from "../rules/live/alarm-kinds";
import { alarmEndings } from "../rules/live/alarms";
import { staff } from "./schema";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** Episodes of trouble as the clock judged them, with names as they were then. What people did stands in the audit. */
export const alarms = pgTable(
  "alarms",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Of SecuryFlex. Null for an outage, which is of no single shift. */
    shiftId: bigint("shift_id", { mode: "number" }),
    kind: text("kind", { enum: alarmKinds }).notNull(),
    cause: text("cause", { enum: alarmCauses }).notNull(),
    severity: text("severity", { enum: ["warning", "critical"] }).notNull(),
    beganAt: instant("began_at").notNull(),
    /** When the clock saw it first. */
    raisedAt: instant("raised_at").notNull(),
    /** When it took its kind, where it got worse. */
    escalatedAt: instant("escalated_at"),
    /** Null while it lasts. */
    endedAt: instant("ended_at"),
    ending: text("ending", { enum: alarmEndings }),
    /** 1, and one more each time it came back within 15 minutes. */
    times: integer("times").notNull().default(1),
    /** Of an outage: shifts whose own alarms it holds back. */
    affectedCount: integer("affected_count"),
    hasSignedOff: boolean("has_signed_off").notNull().default(false),
    guardId: bigint("guard_id", { mode: "number" }),
    guardName: text("guard_name"),
    client: text("client"),
    locationId: bigint("location_id", { mode: "number" }),
    locationName: text("location_name"),
    city: text("city"),
    timeZone: text("time_zone"),
    shiftStartAt: instant("shift_start_at"),
    shiftEndAt: instant("shift_end_at"),
    /** Of an incident. */
    summary: text("summary"),
    /** Lapses where the alarm gets worse. */
    acknowledgedBy: uuid("acknowledged_by").references(() => staff.id),
    acknowledgedAt: instant("acknowledged_at"),
    ownerId: uuid("owner_id").references(() => staff.id),
    /** Lapses where the alarm gets worse. */
    snoozedUntil: instant("snoozed_until"),
    /** Why it was snoozed. */
    note: text("note"),
  },
  (table) => [
    uniqueIndex("alarms_open_idx").on(sql`coalesce(${table.shiftId}, 0)`, table.cause).where(sql`ended_at is null`),
    index("alarms_ended_at_id_idx").on(table.endedAt, table.id).where(sql`ended_at is not null`),
    index("alarms_shift_id_idx").on(table.shiftId),
    check("shift_unless_outage", sql`(${table.shiftId} is null) = (${table.kind} = 'outage')`),
    check("ending_at_the_end", sql`(${table.endedAt} is null) = (${table.ending} is null)`),
    check("ends_after_it_began", sql`${table.endedAt} >= ${table.beganAt}`),
    check("acknowledged_by_somebody", sql`(${table.acknowledgedBy} is null) = (${table.acknowledgedAt} is null)`),
  ],
);

/** One row: until when open alarms are known to be true, and a number that grows with every change of one. */
export const alarmClock = pgTable("alarm_clock", {
  id: boolean("id").primaryKey().default(true),
  /** Null before the first judgement. */
  judgedAt: instant("judged_at"),
  revision: bigint("revision", { mode: "number" }).notNull().default(0),
  /** When the first were missed in the outage that lasts; null while there is none. */
  outageSinceAt: instant("outage_since_at"),
  /** When enough were silent last to keep it up. */
  outageHeldAt: instant("outage_held_at"),
});

/**
 * What an outage hid: of a shift with its guard, from the last word before to the first after. No minute of a span
 * counts for or against anybody.
 */
export const unobservedSpans = pgTable(
  "unobserved_spans",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** The outage; null once it is older than alarms are kept. */
    alarmId: bigint("alarm_id", { mode: "number" }).references(() => alarms.id, { onDelete: "set null" }),
    /** Of SecuryFlex. */
    shiftId: bigint("shift_id", { mode: "number" }).notNull(),
    guardId: bigint("guard_id", { mode: "number" }),
    fromAt: instant("from_at").notNull(),
    /** Null while it lasts. */
    untilAt: instant("until_at"),
  },
  (table) => [
    uniqueIndex("unobserved_spans_open_idx").on(table.shiftId).where(sql`until_at is null`),
    index("unobserved_spans_shift_id_from_at_idx").on(table.shiftId, table.fromAt),
    index("unobserved_spans_alarm_id_idx").on(table.alarmId),
    check("until_after_from", sql`${table.untilAt} >= ${table.fromAt}`),
  ],
);

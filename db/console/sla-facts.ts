import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

import type { Arrival, CancelledBy, LeftOut } from "../rules/sla/facts";

const instant = (name: string) => timestamp(name, { withTimezone: true });
const id = (name: string) => bigint(name, { mode: "number" }).notNull();
const count = (name: string) => integer(name).notNull();
/** Seconds of each case, ascending; null is one that never came to it. */
const cases = (name: string) => integer(name).array().$type<(number | null)[]>().notNull();
const spans = customType<{ data: string }>({ dataType: () => "tstzmultirange" });

/** What is told of a shift; db/rules/sla/facts.ts says what each number means. Names and zone as they were then. */
const shiftFactColumns = {
  shiftId: id("shift_id"),
  /** 1 is the first that was frozen; each later one corrects the one before. */
  sequence: count("sequence"),
  /** Of the metrics by which it was told. */
  definition: smallint("definition").notNull(),
  frozenAt: instant("frozen_at").notNull(),
  /** Null for the first. */
  correctionReason: text("correction_reason"),
  /** Of all that is told but the names. */
  digest: text("digest").notNull(),
  companyId: id("company_id"),
  companyName: text("company_name").notNull(),
  clientId: id("client_id"),
  clientName: text("client_name").notNull(),
  locationId: id("location_id"),
  locationName: text("location_name").notNull(),
  region: text("region"),
  timeZone: text("time_zone").notNull(),
  localDate: date("local_date").notNull(),
  localHour: smallint("local_hour").notNull(),
  startAt: instant("start_at").notNull(),
  endAt: instant("end_at").notNull(),
  headcount: count("headcount"),
  status: text("status").notNull(),
  leftOut: text("left_out").$type<LeftOut>(),
  publishedAt: instant("published_at"),
  acceptedAt: instant("accepted_at"),
  fillSeconds: cases("fill_seconds"),
  filledSlots: count("filled_slots"),
  cancelledAt: instant("cancelled_at"),
  cancelledBy: text("cancelled_by").$type<CancelledBy>(),
  noticeSeconds: integer("notice_seconds"),
  due: count("due"),
  onTime: count("on_time"),
  onTimeUncertain: count("on_time_uncertain"),
  noShow: count("no_show"),
  noShowUncertain: count("no_show_uncertain"),
  lateSeconds: cases("late_seconds"),
  inside: count("inside"),
  outside: count("outside"),
  uncertain: count("uncertain"),
  plannedSeconds: count("planned_seconds"),
  confirmedSeconds: count("confirmed_seconds"),
  assumedSeconds: count("assumed_seconds"),
  unobservedSeconds: count("unobserved_seconds"),
  acknowledgeSeconds: cases("acknowledge_seconds"),
  onSceneSeconds: cases("on_scene_seconds"),
  refillSeconds: cases("refill_seconds"),
  arriveSeconds: cases("arrive_seconds"),
  /** Of SecuryFlex, when it was told. */
  shiftVersion: count("shift_version"),
  checkinCount: count("checkin_count"),
};

/** What was true of each shift that ended more than a day ago. The serving login may insert and select, nothing else. */
export const slaShiftFacts = pgTable("sla_shift_facts", shiftFactColumns, (table) => [
  primaryKey({ columns: [table.shiftId, table.sequence] }),
  index("sla_shift_facts_local_date_idx").on(table.localDate),
  index("sla_shift_facts_client_id_local_date_idx").on(table.clientId, table.localDate),
  index("sla_shift_facts_location_id_local_date_idx").on(table.locationId, table.localDate),
  index("sla_shift_facts_start_at_idx").on(table.startAt),
  index("sla_shift_facts_corrections_idx").on(table.shiftId, table.sequence).where(sql`sequence > 1`),
  check("correction_has_reason", sql`(${table.sequence} > 1) = (${table.correctionReason} is not null)`),
]);

/** The same of each assignment of the shift, in the order of their begins. */
export const slaAssignmentFacts = pgTable(
  "sla_assignment_facts",
  {
    shiftId: id("shift_id"),
    sequence: count("sequence"),
    position: smallint("position").notNull(),
    guardId: id("guard_id"),
    beganAt: instant("began_at"),
    endedAt: instant("ended_at"),
    endedReason: text("ended_reason"),
    isDue: boolean("is_due").notNull(),
    firstInAt: instant("first_in_at"),
    lateSeconds: integer("late_seconds"),
    arrival: text("arrival").$type<Arrival>().notNull(),
    provenArrival: text("proven_arrival").$type<Arrival>().notNull(),
    inside: count("inside"),
    outside: count("outside"),
    uncertain: count("uncertain"),
    confirmedSpans: spans("confirmed_spans").notNull(),
    assumedSpans: spans("assumed_spans").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shiftId, table.sequence, table.position] }),
    foreignKey({
      columns: [table.shiftId, table.sequence],
      foreignColumns: [slaShiftFacts.shiftId, slaShiftFacts.sequence],
    }).onDelete("cascade"),
    index("sla_assignment_facts_guard_id_idx").on(table.guardId),
  ],
);

/** What is told so far of shifts that are not frozen yet. Thrown away and told again every few minutes. */
export const slaLiveShiftFacts = pgTable("sla_live_shift_facts", shiftFactColumns, (table) => [
  primaryKey({ columns: [table.shiftId] }),
  index("sla_live_shift_facts_local_date_idx").on(table.localDate),
]);

/** One row: up to which end of shifts all are frozen, and when the live ones were told. Null before the first time. */
export const slaProgress = pgTable(
  "sla_progress",
  { id: boolean("id").primaryKey().default(true), frozenUntil: instant("frozen_until"), liveAt: instant("live_at") },
  (table) => [check("only_one", sql`${table.id}`)],
);

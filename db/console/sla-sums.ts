import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

export type SummedDimension = "hour" | "client" | "company" | "region" | "location";

const count = (name: string) => integer(name).notNull();
const seconds = (name: string) => bigint(name, { mode: "number" }).notNull();
const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * The standing facts of each local date, added up along five dimensions by triggers on the facts; sla_sums_retell adds
 * them up anew. db/sla/packed-cases.ts reads `cancelled` and `durations`. The serving login may only select.
 */
export const slaSums = pgTable(
  "sla_sums",
  {
    dimension: text("dimension").$type<SummedDimension>().notNull(),
    /** An id, a province or "unknown", or the local hour of the start. */
    key: text("key").notNull(),
    localDate: date("local_date").notNull(),
    liveShifts: count("live_shifts"),
    correctedShifts: count("corrected_shifts"),
    shifts: count("shifts"),
    slots: count("slots"),
    filledSlots: count("filled_slots"),
    due: count("due"),
    onTime: count("on_time"),
    onTimeUncertain: count("on_time_uncertain"),
    noShow: count("no_show"),
    noShowUncertain: count("no_show_uncertain"),
    inside: count("inside"),
    outside: count("outside"),
    uncertain: count("uncertain"),
    draft: count("draft"),
    unpublished: count("unpublished"),
    withdrawn: count("withdrawn"),
    unobserved: count("unobserved"),
    plannedSeconds: seconds("planned_seconds"),
    confirmedSeconds: seconds("confirmed_seconds"),
    assumedSeconds: seconds("assumed_seconds"),
    unobservedSeconds: seconds("unobserved_seconds"),
    publishedShifts: count("published_shifts"),
    cancelled: bytes("cancelled").notNull(),
    durations: bytes("durations").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dimension, table.key, table.localDate] }),
    index("sla_sums_dimension_local_date_idx").on(table.dimension, table.localDate),
    check("valid_dimension", sql`${table.dimension} in ('hour', 'client', 'company', 'region', 'location')`),
    check("whole_durations", sql`length(${table.durations}) % 4 = 0`),
  ],
);

/** The name of each client, company and location that was told last. */
export const slaNames = pgTable(
  "sla_names",
  {
    dimension: text("dimension").$type<SummedDimension>().notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    toldAt: timestamp("told_at", { withTimezone: true }).notNull(),
    startAt: timestamp("start_at", { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dimension, table.key] }),
    check("valid_dimension", sql`${table.dimension} in ('client', 'company', 'location')`),
  ],
);

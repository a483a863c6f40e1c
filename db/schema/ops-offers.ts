import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  numeric,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { securityProfessionals } from "./security-professionals";
import { shifts } from "./shifts";

export const offerStates = ["open", "accepted", "declined", "expired", "withdrawn"] as const;

/** A shift offered to a self-employed guard; no more than one of a shift is open. */
export const opsOffers = pgTable(
  "ops_offers",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shiftId: bigint("shift_id", { mode: "number" })
      .notNull()
      .references(() => shifts.id, { onDelete: "cascade" }),
    professionalId: bigint("professional_id", { mode: "number" })
      .notNull()
      .references(() => securityProfessionals.id, { onDelete: "cascade" }),
    /** Euro an hour: what the shift pays, as it was offered. */
    hourlyRate: numeric("hourly_rate", { precision: 10, scale: 2 }).notNull(),
    /** The run that made it, or the one before it in the same list. */
    runId: uuid("run_id").notNull(),
    /** Of the shift as it was offered; it is taken at this version alone. */
    shiftVersion: integer("shift_version").notNull(),
    /** The code with which the shift changes its guard. */
    reason: text("reason").notNull(),
    overrideReason: text("override_reason"),
    /** What the override is for, of everybody in the list. */
    rules: text("rules").array().notNull().default(sql`'{}'`),
    /** Who is offered it next, in turn. */
    fallbackIds: bigint("fallback_ids", { mode: "number" }).array().notNull().default([]),
    minutes: integer("minutes").notNull(),
    state: text("state", { enum: offerStates }).notNull().default("open"),
    /** What the guard said in the product; the console settles it. */
    answer: text("answer", { enum: ["accepted", "declined"] }),
    answeredAt: timestamp("answered_at", { withTimezone: true }),
    offeredAt: timestamp("offered_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
    /** Why it ended, where its state does not say it. */
    note: text("note"),
  },
  (table) => [
    uniqueIndex("ops_offers_open_shift_id_idx").on(table.shiftId).where(sql`${table.state} = 'open'`),
    index("ops_offers_shift_id_id_idx").on(table.shiftId, table.id),
    index("ops_offers_professional_id_idx").on(table.professionalId),
    check("valid_minutes", sql`${table.minutes} between 1 and 1440`),
    check("valid_state", sql`${table.state} in ('open', 'accepted', 'declined', 'expired', 'withdrawn')`),
    check("valid_answer", sql`${table.answer} in ('accepted', 'declined')`),
    check("ended_when_not_open", sql`(${table.state} = 'open') = (${table.endedAt} is null)`),
    check("answered_with_answer", sql`(${table.answer} is null) = (${table.answeredAt} is null)`),
  ],
);

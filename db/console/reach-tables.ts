import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** How soon anybody could be at a shift that nobody has: of the next hours, as a worker found it last. */
export const shiftReaches = pgTable(
  "shift_reaches",
  {
    /** Of SecuryFlex. */
    shiftId: bigint("shift_id", { mode: "number" }).primaryKey(),
    /** Who can and has the shortest way; null where nobody can, and so are the name and the way. */
    guardId: bigint("guard_id", { mode: "number" }),
    guardName: text("guard_name"),
    travelSeconds: integer("travel_seconds"),
    /** Guards near whom no rule blocks. */
    canCount: integer("can_count").notNull(),
    /** The start less the way; where nobody can, when that was found first. */
    noReturnAt: instant("no_return_at").notNull(),
    computedAt: instant("computed_at").notNull(),
    /** When it was found to be otherwise than before. */
    changedAt: instant("changed_at").notNull(),
  },
  (table) => [
    check("counted_can", sql`${table.canCount} >= 0`),
    check(
      "best_has_a_way",
      sql`(${table.guardId} is null) = (${table.travelSeconds} is null) and (${table.guardId} is null) = (${table.guardName} is null)`,
    ),
  ],
);

import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import type { Outcome } from "../operation";
import type { ShiftChange } from "../shifts/changes/shift-change";

/** What an operation of the console changed, stored in the transaction that changed it. See docs/decisions/one-effect.md. */
export const opsOperationEffects = pgTable(
  "ops_operation_effects",
  {
    /** Of operation_runs, in the console's own database. */
    runId: uuid("run_id").notNull(),
    /** 0 is the run itself; a run of several transactions numbers them from 1. */
    part: smallint("part").notNull(),
    operation: text("operation").notNull(),
    /** Only the newest attempt may commit. */
    attempt: integer("attempt").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull().defaultNow(),
    shiftIds: bigint("shift_ids", { mode: "number" }).array().notNull().default([]),
    /** Null while an attempt is fenced in and has not committed. */
    outcome: jsonb("outcome").$type<Outcome>(),
    changes: jsonb("changes").$type<ShiftChange[]>(),
    /** The effect that this one takes back; each is taken back once. */
    undoesRunId: uuid("undoes_run_id"),
    undoesPart: smallint("undoes_part"),
  },
  (table) => [
    primaryKey({ name: "ops_operation_effects_pkey", columns: [table.runId, table.part] }),
    uniqueIndex("ops_operation_effects_undoes_idx").on(table.undoesRunId, table.undoesPart),
    index("ops_operation_effects_shift_ids_idx").using("gin", table.shiftIds),
    index("ops_operation_effects_at_idx").on(table.at),
    check("valid_part", sql`${table.part} >= 0`),
    check("changes_with_outcome", sql`(${table.outcome} is null) = (${table.changes} is null)`),
    check("undoes_one_part", sql`(${table.undoesRunId} is null) = (${table.undoesPart} is null)`),
  ],
);

import { sql } from "drizzle-orm";
import { bigint, check, doublePrecision, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { operationRuns } from "./operations";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * Every backup that was begun, and what restoring it proved. State is how the taking ended; proof is what a restore
 * found, and says nothing until one was carried out.
 */
export const backups = pgTable(
  "backups",
  {
    /** Also the name of its folder. */
    id: text("id").primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => operationRuns.id),
    /** System identifier of the server and name of the database. */
    source: text("source").notNull(),
    databaseName: text("database_name").notNull(),
    serverVersion: text("server_version").notNull(),
    state: text("state", { enum: ["taking", "complete", "failed", "deleted"] }).notNull(),
    beganAt: instant("began_at").notNull().defaultNow(),
    /** What was committed before is in it. Null until it is complete. */
    snapshotAt: instant("snapshot_at"),
    durationSeconds: doublePrecision("duration_seconds"),
    /** Of its files. */
    sizeBytes: bigint("size_bytes", { mode: "number" }),
    /** Of the database when it was taken. */
    databaseBytes: bigint("database_bytes", { mode: "number" }),
    rowCount: bigint("row_count", { mode: "number" }),
    /** sha256 of its manifest, hex. */
    manifestHash: text("manifest_hash"),
    /** Why it failed, or was deleted. */
    note: text("note"),
    deletedAt: instant("deleted_at"),
    proof: text("proof", { enum: ["none", "proved", "damaged", "unknown"] })
      .notNull()
      .default("none"),
    proofAt: instant("proof_at"),
    proofNote: text("proof_note"),
    proofRunId: uuid("proof_run_id").references(() => operationRuns.id),
    /** From the first byte that was read to the last check. */
    restoreSeconds: doublePrecision("restore_seconds"),
  },
  (table) => [
    index("backups_source_snapshot_at_idx").on(table.source, table.snapshotAt),
    index("backups_proved_idx")
      .on(table.databaseName, table.snapshotAt)
      .where(sql`state = 'complete' and proof = 'proved'`),
    index("backups_run_id_idx").on(table.runId),
    index("backups_proof_run_id_idx").on(table.proofRunId),
    check("deleted_has_time", sql`(state = 'deleted') = (deleted_at is not null)`),
    check("proved_by_a_restore", sql`proof <> 'proved' or (restore_seconds is not null and proof_run_id is not null)`),
  ],
);

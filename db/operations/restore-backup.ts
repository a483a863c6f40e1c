import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Backup } from "../backups/catalogue";
import { copyDatabaseSettings } from "../backups/create-database-like";
import { findBackup, refusalsOfUnproved } from "../backups/find-backup";
import { restoredMark } from "../backups/list-beside";
import { refuseFaults, restoreScratch, scratchFailpoints } from "../backups/restore-scratch";
import { runFormatted } from "../backups/run-formatted";
import type { Database } from "../connections";
import { defineOperation } from "../operation";
import { describeBytes, sizeClass } from "./find-table";

export const restoreBackup = defineOperation({
  id: "restore-backup",
  title: "Restore a backup beside",
  purpose:
    "Restores a proved backup into a new database beside the running one, which nobody uses until it is switched to.",
  risk: "medium",
  permission: "database.backup",
  changes: "securyflex",
  input: z.object({ backup: z.string().trim().min(1).max(40) }),
  fields: [{ name: "backup", label: "Backup", hint: "Its name in the catalogue, for example 20261123-0310-a1b2." }],
  plan: async (context, { backup: id }) => {
    const { backup, source } = await findBackup(context, id);
    const target = nameOf(backup);
    return {
      target,
      exclusiveKey: `backup:${backup.source}`,
      summary: `Restores ${id} into ${target}, a new database beside ${source.database}.`,
      consequences: [
        `Needs ${describeBytes(backup.databaseBytes ?? 0)} on the server's disk, and keeps it until the database is dropped.`,
        `It took ${Math.ceil(backup.restoreSeconds ?? 0)} s to restore and check when it was proved.`,
        "The running database is not touched. To use the new one, switch to it; see the operation of that name.",
      ],
      refusals: [
        ...refusalsOfUnproved(backup),
        ...((await describeDatabase(context.securyflex, target)) ? [`There is a database ${target} already.`] : []),
      ],
      statements: [],
      basis: { source: backup.source, manifest: backup.manifestHash, sizeClass: sizeClass(backup.databaseBytes ?? 0) },
    };
  },
  settle: async (context, plan) => {
    const found = await describeDatabase(context.securyflex, plan.target);
    return found ? outcomeOf(plan.target, found.sizeBytes) : undefined;
  },
  run: async (context, plan, { backup: id }) => {
    const { backup } = await findBackup(context, id);
    const { faults } = await restoreScratch(context, backup, async ({ sql: session }, scratch) => {
      await copyDatabaseSettings(session, scratch);
      const note = `${restoredMark}restored from ${id}, as it was at ${backup.snapshotAt?.toISOString()}, and checked`;
      await runFormatted(session, "comment on database %I is %L", scratch, note);
      await runFormatted(session, "alter database %I rename to %I", scratch, plan.target);
      context.reach("named");
    });
    refuseFaults(backup, faults);
    const found = await describeDatabase(context.securyflex, plan.target);
    return outcomeOf(plan.target, found?.sizeBytes ?? 0);
  },
  undo: "Drop the new database by hand; nobody uses it.",
  timeoutSeconds: 6 * 3_600,
  failpoints: [...scratchFailpoints, "named"],
});

const nameOf = ({ databaseName, id }: Backup) => `${databaseName.slice(0, 33)}_restored_${id.replaceAll("-", "_")}`;

/** A database of this server with its comment; undefined where there is none of this name. */
export async function describeDatabase(db: Database, name: string) {
  const [row] = await db.execute<{ oid: number; comment: string | null; sizeBytes: number }>(sql`
    select oid::bigint::float8 as oid, shobj_description(oid, 'pg_database') as comment,
           pg_database_size(oid)::float8 as "sizeBytes"
    from pg_database where datname = ${name}`);
  return row;
}

function outcomeOf(name: string, sizeBytes: number) {
  return {
    summary: `${name} is there, row by row as it was backed up. Nobody uses it until it is switched to.`,
    proof: [{ label: "Database", before: "none", after: `${name}, ${describeBytes(sizeBytes)}` }],
  };
}

import { z } from "zod";

import { recordProof } from "../backups/catalogue";
import { findBackup, refusalsOfBackup } from "../backups/find-backup";
import { describeFaults, type Inspection, restoreScratch, scratchFailpoints } from "../backups/restore-scratch";
import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import { describeBytes, sizeClass } from "./find-table";

export const verifyBackup = defineOperation({
  id: "verify-backup",
  title: "Verify a backup",
  purpose: "Restores a backup into a scratch database and holds every row of it against what was backed up.",
  risk: "low",
  permission: "database.backup",
  changes: "securyflex",
  input: z.object({ backup: z.string().trim().min(1).max(40) }),
  fields: [{ name: "backup", label: "Backup", hint: "Its name in the catalogue, for example 20261123-0310-a1b2." }],
  plan: async (context, { backup: id }) => {
    const { backup, source } = await findBackup(context, id);
    return {
      target: backup.id,
      exclusiveKey: `backup:${backup.source}`,
      summary: `Restores ${backup.id} beside ${source.database} to prove it, and drops what it restored.`,
      consequences: [
        `Reads every file of it, then needs ${describeBytes(backup.databaseBytes ?? 0)} on the server's disk for a while.`,
        "Loads processors and disk of the server; it touches no row of the running database.",
        backup.restoreSeconds === null
          ? "How long it takes is what it measures: the recovery time."
          : `It took ${Math.ceil(backup.restoreSeconds)} s before.`,
      ],
      refusals: refusalsOfBackup({ ...backup, proof: "none" }),
      statements: [],
      basis: { source: backup.source, manifest: backup.manifestHash, sizeClass: sizeClass(backup.databaseBytes ?? 0) },
    };
  },
  settle: async (context, _, { backup: id }) => {
    const { backup } = await findBackup(context, id);
    if (backup.proofRunId !== context.runId || backup.proof !== "proved") return undefined;
    return outcomeOf(backup.id, "none", backup.restoreSeconds ?? 0);
  },
  run: async (context, _, { backup: id }) => {
    const { backup } = await findBackup(context, id);
    const found = await restoreScratch(context, backup).catch(async (error: unknown) => {
      if (error instanceof OperationRefusal) await record(context, id, "unknown", error.message, null);
      throw error;
    });
    if (found.faults.length > 0) {
      const note = describeFaults(found.faults);
      await record(context, id, "damaged", note, found.restoreSeconds);
      throw new OperationRefusal(`${id} is NOT whole. ${note}`);
    }
    await record(context, id, "proved", describeProof(found), found.restoreSeconds);
    context.reach("proof recorded");
    return outcomeOf(id, backup.proof, found.restoreSeconds);
  },
  undo: undefined,
  timeoutSeconds: 6 * 3_600,
  failpoints: [...scratchFailpoints, "proof recorded"],
});

const record = (
  context: RunContext,
  id: string,
  proof: "proved" | "damaged" | "unknown",
  note: string,
  restoreSeconds: number | null,
) => context.write((db) => recordProof(db, id, { proof, note, restoreSeconds, runId: context.runId }));

function describeProof({ manifest }: Inspection): string {
  const rowCount = manifest?.tables.reduce((sum, table) => sum + table.rowCount, 0) ?? 0;
  return `${manifest?.files.length} files, ${manifest?.tables.length} tables and ${rowCount} rows are as they were.`;
}

function outcomeOf(id: string, before: string, restoreSeconds: number) {
  return {
    summary: `${id} is proved: it was restored and is what was backed up.`,
    proof: [
      { label: "Proof", before, after: "proved" },
      { label: "Restored and checked in", before: "not measured", after: `${restoreSeconds.toFixed(1)} s` },
    ],
  };
}

import { z } from "zod";

import { backupUrl, freeBytes } from "../backups/backup-place";
import { type Backup, backupOfRun, listBackups } from "../backups/catalogue";
import { findClientPrograms } from "../backups/client-programs";
import { keepRetention, retention } from "../backups/keep-retention";
import { readSourceFacts } from "../backups/read-snapshot";
import { takeFailpoints, writeBackup } from "../backups/write-backup";
import { EnvironmentError, readEnvironment } from "../environment";
import { defineOperation, OperationRefusal, type PlanContext } from "../operation";
import { describeRetention } from "../rules/backups/choose-kept";
import { describeBytes, sizeClass } from "./find-table";

export const takeBackup = defineOperation({
  id: "take-backup",
  title: "Take a backup",
  purpose: "Writes all of SecuryFlex into a folder of its own, with a manifest that a restore is held against.",
  risk: "low",
  permission: "database.backup",
  changes: "securyflex",
  input: z.object({ database: z.string().trim().min(1).max(63) }),
  fields: [{ name: "database", label: "Database", hint: "The name of the database that the console watches." }],
  plan: async (context, { database }) => {
    const source = await readSourceFacts(context.securyflex);
    if (source.database !== database)
      throw new OperationRefusal(`The console watches ${source.database}, and no database ${database}.`);
    const earlier = (await listBackups(context.console, source.source)).find(({ state }) => state === "complete");
    const neededBytes = Math.ceil((earlier?.sizeBytes ?? source.databaseBytes) * 1.5);
    const { refusals, leftBytes } = isWorkersMachine()
      ? await look(source, neededBytes)
      : { refusals: [], leftBytes: null };
    return {
      target: source.database,
      exclusiveKey: `backup:${source.source}`,
      summary: `Backs up ${source.database}: ${describeBytes(source.databaseBytes)} of PostgreSQL ${source.serverVersion}.`,
      consequences: [
        "Takes ACCESS SHARE locks on every table: reads and writes go on, DDL waits until it has ended.",
        "Holds one snapshot all the while: rows that die meanwhile stay until it has ended.",
        earlier?.durationSeconds
          ? `The last one took ${Math.ceil(earlier.durationSeconds)} s and ${describeBytes(earlier.sizeBytes ?? 0)}.`
          : "It is the first: how long it takes is not known yet.",
        `About ${describeBytes(neededBytes)} are reckoned with, ${leftBytes === null ? "an unknown room" : describeBytes(leftBytes)} is free.`,
        ...(isWorkersMachine()
          ? []
          : ["Programs, room and login are looked at where the worker runs, when it begins."]),
        `Then the retention is kept: ${describeRetention(retention())}.`,
        "It is no more than files until a restore has proved it.",
      ],
      refusals,
      statements: [],
      basis: { source: source.source, sizeClass: sizeClass(source.databaseBytes) },
    };
  },
  settle: async (context) => {
    const backup = await backupOfRun(context.console, context.runId);
    return backup && describe(context, backup, "It was complete before the process died.");
  },
  run: async (context) => {
    const source = await readSourceFacts(context.securyflex);
    const backup = await writeBackup(context, source);
    const count = await keepRetention(context, source.source);
    return describe(context, backup, count > 0 ? `${count} older ones were let go.` : "");
  },
  undo: "Delete the backup; see the operation of that name.",
  timeoutSeconds: 6 * 3_600,
  failpoints: takeFailpoints,
});

/** A server whose worker is another process has neither its programs nor its folder. */
const isWorkersMachine = () => process.env.WORKER !== "off";

async function look(source: { source: string; serverMajor: number }, neededBytes: number) {
  const refusals: string[] = [];
  const tryOut = async <Result>(work: () => Result | Promise<Result>): Promise<Result | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OperationRefusal) && !(error instanceof EnvironmentError)) throw error;
      refusals.push(error.message);
      return null;
    }
  };
  await tryOut(() => findClientPrograms(source.serverMajor));
  await tryOut(() => backupUrl(readEnvironment()));
  const leftBytes = await tryOut(() => freeBytes(source.source));
  if (leftBytes !== null && leftBytes < neededBytes)
    refusals.push(
      `${describeBytes(leftBytes)} is free where the backups are, and ${describeBytes(neededBytes)} may be needed.`,
    );
  return { refusals, leftBytes };
}

async function describe({ console: db }: PlanContext, backup: Backup, more: string) {
  const [, before] = (await listBackups(db, backup.source)).filter(({ state }) => state === "complete");
  const seconds = (value: number | null | undefined) => (value == null ? "none" : `${value.toFixed(1)} s`);
  return {
    summary: `${backup.id} is complete; no restore has proved it yet. ${more}`.trim(),
    proof: [
      { label: "Backup", before: before?.id ?? "none", after: backup.id },
      {
        label: "Size",
        before: before ? describeBytes(before.sizeBytes ?? 0) : "none",
        after: describeBytes(backup.sizeBytes ?? 0),
      },
      { label: "Rows", before: before ? String(before.rowCount) : "none", after: String(backup.rowCount) },
      { label: "Duration", before: seconds(before?.durationSeconds), after: seconds(backup.durationSeconds) },
    ],
  };
}

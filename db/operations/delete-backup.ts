import { z } from "zod";

import { getBackup, listBackups, newestProved } from "../backups/catalogue";
import { findBackup } from "../backups/find-backup";
import { deleteBackup as removeBackup } from "../backups/keep-retention";
import { defineOperation } from "../operation";
import { describeBytes } from "./find-table";

export const deleteBackup = defineOperation({
  id: "delete-backup",
  title: "Delete a backup",
  purpose: "Deletes the files of a backup; its line in the catalogue stays for a month.",
  risk: "high",
  permission: "database.backup",
  changes: "securyflex",
  input: z.object({ backup: z.string().trim().min(1).max(40) }),
  fields: [{ name: "backup", label: "Backup", hint: "Its name in the catalogue, for example 20261123-0310-a1b2." }],
  plan: async (context, { backup: id }) => {
    const { backup } = await findBackup(context, id);
    const complete = (await listBackups(context.console, backup.source)).filter(({ state }) => state === "complete");
    const proved = await newestProved(context.console, backup.source);
    const isLastProved = complete.filter(({ proof }) => proof === "proved").length === 1 && proved?.id === id;
    return {
      target: backup.id,
      exclusiveKey: `backup:${backup.source}`,
      summary: `Deletes ${backup.id}: ${describeBytes(backup.sizeBytes ?? 0)}.`,
      consequences: [
        `${complete.length - 1} backups stay, the newest proved one of ${proved && proved.id !== id ? (proved.snapshotAt?.toISOString() ?? "never") : "none"}.`,
      ],
      refusals: [
        ...(backup.state === "complete" ? [] : [`${id} is ${backup.state}.`]),
        ...(isLastProved ? [`${id} is the last backup that is proved. Prove another one first.`] : []),
      ],
      statements: [],
      basis: { source: backup.source, manifest: backup.manifestHash, proof: backup.proof },
    };
  },
  settle: async (context, _, { backup: id }) => {
    const backup = await getBackup(context.console, id);
    if (backup?.state !== "deleted") return undefined;
    await removeBackup(context, backup, backup.note ?? "");
    return outcomeOf(id);
  },
  run: async (context, _, { backup: id }) => {
    const { backup } = await findBackup(context, id);
    await removeBackup(context, backup, "Deleted by a person.");
    return outcomeOf(id);
  },
  undo: undefined,
  timeoutSeconds: 600,
});

const outcomeOf = (id: string) => ({
  summary: `${id} was deleted.`,
  proof: [{ label: "Backup", before: id, after: "none" }],
});

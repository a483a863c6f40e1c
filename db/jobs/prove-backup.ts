import { listBackups, readSource } from "../backups/catalogue";
import { isScheduled, notScheduled, requestScheduled } from "../backups/request-scheduled";
import { readEnvironment } from "../environment";
import { verifyBackup } from "../operations/verify-backup";
import { defineJob } from "./job";

const againAfterMs = 6 * 3_600_000;

export const proveBackup = defineJob({
  id: "prove-backup",
  title: "Prove the newest backup",
  purpose:
    "Asks for a restore of the newest backup where none has proved it; what could not be told is tried again after 6 hours.",
  schedule: "40 * * * *",
  timeoutSeconds: 60,
  attempts: 2,
  run: async ({ securyflex, slot }) => {
    if (!isScheduled()) return notScheduled;
    return requestScheduled(readEnvironment(), securyflex, slot, async (context) => {
      const { source } = await readSource(securyflex);
      const newest = (await listBackups(context.console, source)).find(({ state }) => state === "complete");
      if (!newest) return "There is no backup to prove.";
      const isDue =
        newest.proof === "none" || (newest.proof === "unknown" && +slot - +(newest.proofAt as Date) > againAfterMs);
      if (!isDue) return `The newest backup, ${newest.id}, is ${newest.proof}.`;
      return { operation: verifyBackup, input: { backup: newest.id } };
    });
  },
});

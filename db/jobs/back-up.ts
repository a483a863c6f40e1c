import { readSource } from "../backups/catalogue";
import { isScheduled, notScheduled, requestScheduled } from "../backups/request-scheduled";
import { readEnvironment } from "../environment";
import { takeBackup } from "../operations/take-backup";
import { defineJob } from "./job";

export const backUp = defineJob({
  id: "back-up",
  title: "Back up",
  purpose: "Asks each night for a backup of SecuryFlex, as a person would; its run tells how it went.",
  schedule: "10 3 * * *",
  timeoutSeconds: 60,
  attempts: 3,
  run: async ({ securyflex, slot }) => {
    if (!isScheduled()) return notScheduled;
    return requestScheduled(readEnvironment(), securyflex, slot, async () => {
      const { database } = await readSource(securyflex);
      return { operation: takeBackup, input: { database } };
    });
  },
});

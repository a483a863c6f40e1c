import { beginLife } from "../live/feed/begin-life";
import { pruneOutbox } from "../live/feed/prune-outbox";
import { defineJob } from "./job";

export const keepOutboxHours = 24;

export const pruneChanges = defineJob({
  id: "prune-changes",
  title: "Prune the list of changes",
  purpose: `Deletes from ops_outbox what is older than ${keepOutboxHours} hours; a page that slept longer loads its board anew.`,
  schedule: "35 * * * *",
  timeoutSeconds: 300,
  attempts: 3,
  run: async ({ operate, signal, slot }) => {
    await beginLife(operate);
    const before = new Date(slot.getTime() - keepOutboxHours * 3_600_000);
    let deleted = 0;
    for (let count = -1; count !== 0 && !signal.aborted; ) {
      count = await pruneOutbox(operate, { before });
      deleted += count;
    }
    return `Deleted ${deleted} changes.`;
  },
});

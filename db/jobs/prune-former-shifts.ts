import { pruneShiftHistory } from "../live/prune-shift-history";
import { defineJob } from "./job";

/** A day more than the board travels back. */
export const keepHistoryDays = 15;

export const pruneFormerShifts = defineJob({
  id: "prune-former-shifts",
  title: "Prune what shifts were",
  purpose: `Deletes from ops_shift_history what was so until more than ${keepHistoryDays} days ago; the board travels back 14.`,
  schedule: "50 * * * *",
  timeoutSeconds: 300,
  attempts: 3,
  run: async ({ operate, slot }) => {
    const deleted = await pruneShiftHistory(operate, {
      before: new Date(slot.getTime() - keepHistoryDays * 86_400_000),
    });
    return `Deleted ${deleted} former states of shifts.`;
  },
});

import { pruneDeliveries } from "../deliveries/claim-deliveries";
import { pruneShiftHistory } from "../live/prune-shift-history";
import { pruneEffects } from "../operations/runs/effects";
import { defineJob } from "./job";

/** A day more than the board travels back. */
export const keepHistoryDays = 15;
export const keepEffectsDays = 90;
export const keepDeliveriesDays = 30;

export const pruneFormerShifts = defineJob({
  id: "prune-former-shifts",
  title: "Prune what shifts were",
  purpose: `Deletes from ops_shift_history what was so until more than ${keepHistoryDays} days ago; the board travels back 14. From ops_operation_effects what operations did more than ${keepEffectsDays} days ago; the audit trail keeps it. From ops_deliveries what was settled more than ${keepDeliveriesDays} days ago.`,
  schedule: "50 * * * *",
  timeoutSeconds: 300,
  attempts: 3,
  run: async ({ operate, slot }) => {
    const before = (days: number) => new Date(slot.getTime() - days * 86_400_000);
    const deleted = await pruneShiftHistory(operate, { before: before(keepHistoryDays) });
    const forgotten = await pruneEffects(operate, { before: before(keepEffectsDays) });
    const messages = await pruneDeliveries(operate, { before: before(keepDeliveriesDays) });
    return `Deleted ${deleted} former states of shifts, ${forgotten} effects of operations and ${messages} messages.`;
  },
});

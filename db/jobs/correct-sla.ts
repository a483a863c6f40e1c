import { freezeRange } from "../sla/freeze-range";
import { retellSums } from "../sla/retell-sums";
import { defineJob } from "./job";

const dayMs = 86_400_000;
/** Late data is looked for so far back. */
export const correctedDays = 35;

export const correctSla = defineJob({
  id: "correct-sla",
  title: "Correct service-level facts",
  purpose: `Tells the shifts of the last ${correctedDays} days again and adds a correction, with its reason, where late data changed a number; then adds up their days anew.`,
  schedule: "40 4 * * *",
  timeoutSeconds: 1800,
  attempts: 3,
  run: async ({ securyflex, write, signal, slot }) => {
    const from = new Date(slot.getTime() - correctedDays * dayMs);
    const done = await freezeRange({ securyflex, write, signal }, { from, until: slot, asOf: slot });
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    await write((console) => retellSums(console, { from: day(+from - dayMs), until: day(+slot + dayMs) }));
    return `Shifts corrected: ${done.corrected}, frozen: ${done.frozen}, the same: ${done.same}.`;
  },
});

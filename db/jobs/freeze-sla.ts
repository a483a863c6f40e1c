import { freezeOn } from "../sla/freeze-range";
import { defineJob } from "./job";

export const freezeSla = defineJob({
  id: "freeze-sla",
  title: "Freeze service-level facts",
  purpose: "Keeps what each shift that ended 24 hours ago contributes to the metrics of the SLA room.",
  schedule: "20 * * * *",
  timeoutSeconds: 1800,
  attempts: 3,
  run: async ({ securyflex, write, signal, slot }) => {
    const { frozen } = await freezeOn({ securyflex, write, signal }, slot);
    return `Shifts frozen: ${frozen}.`;
  },
});

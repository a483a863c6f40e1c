import { tellLiveFacts } from "../sla/tell-live-facts";
import { defineJob } from "./job";

export const tellSlaLive = defineJob({
  id: "tell-sla-live",
  title: "Tell the service level of today",
  purpose: "Tells what the shifts that are not frozen yet contribute to the metrics so far.",
  schedule: "*/5 * * * *",
  timeoutSeconds: 240,
  attempts: 1,
  run: async ({ securyflex, write }) => {
    const told = await tellLiveFacts({ securyflex, write }, new Date());
    return `Shifts told: ${told}.`;
  },
});

import { countCheckins as count } from "../live/tiles/count-checkins";
import { defineJob } from "./job";

export const countCheckins = defineJob({
  id: "count-checkins",
  title: "Count check-ins for the map",
  purpose: "Adds each minute what came in to the cells that the map draws the density of check-ins from.",
  schedule: "* * * * *",
  timeoutSeconds: 900,
  attempts: 3,
  run: async ({ operate }) => {
    const { kind, cells } = await count(operate, { asOf: new Date() });
    return kind === "counted" ? `Counted into ${cells} cells.` : `Counted everything anew into ${cells} cells.`;
  },
});

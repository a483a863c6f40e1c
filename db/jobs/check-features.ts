import { readFeatures } from "../features/read-features";
import { defineJob } from "./job";

export const checkFeatures = defineJob({
  id: "check-features",
  title: "Check the features",
  purpose: "Stores each hour what of the console the database permits, so that a page can say since when it does not.",
  schedule: "5 * * * *",
  timeoutSeconds: 60,
  attempts: 3,
  run: async ({ securyflex, write }) => {
    const readings = await readFeatures(securyflex);
    await write(async (sql) => {
      for (const { id, state } of readings) {
        await sql`
          insert into feature_readings (feature, state, since, read_at) values (${id}, ${state}, now(), now())
          on conflict (feature) do update set
            state = excluded.state,
            since = case when feature_readings.state = excluded.state then feature_readings.since else excluded.since end,
            read_at = excluded.read_at`;
      }
      await sql`delete from feature_readings where feature <> all (${readings.map(({ id }) => id)})`;
    });
    const lacking = readings.filter(({ state }) => state !== "available").map(({ id }) => id);
    if (lacking.length === 0) return `All ${readings.length} features are available.`;
    return `${readings.length - lacking.length} of ${readings.length} features are available; not: ${lacking.join(", ")}.`;
  },
});

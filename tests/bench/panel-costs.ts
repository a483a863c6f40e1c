import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../../db/connections";
import { readPanel } from "../../db/database/read-panel";
import { readServerProfile } from "../../db/database/server-profile";
import { type Environment, loginUrl } from "../../db/environment";
import { panels } from "../../db/panels";
import * as schema from "../../db/schema";

export type PanelCost = {
  id: string;
  everySeconds: number;
  /** Null where it could not be read; `failure` says why. */
  rows: number | null;
  latencies: number[];
  failure: string | null;
};

/** Every panel asked one after the other, `rounds` times over: milliseconds of each, and of all together. */
export async function measureChecks(
  environment: Environment,
  { rounds }: { rounds: number },
): Promise<{ panels: PanelCost[]; totals: number[] }> {
  const client = openClient(loginUrl(environment, "console_read"), { max: 1, applicationName: "bench" });
  const db = drizzle(client, { schema });
  const server = await readServerProfile(db);
  const costs = panels.map(
    ({ id, everySeconds = 60 }): PanelCost => ({ id, everySeconds, rows: null, latencies: [], failure: null }),
  );
  const totals: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    for (const [place, panel] of panels.entries()) {
      const cost = costs[place] as PanelCost;
      const reading = await readPanel(db, panel, server);
      if (reading.state === "unreadable") cost.failure = reading.sentence;
      else {
        cost.rows = reading.rows.length;
        cost.latencies.push(reading.tookMilliseconds);
      }
    }
    totals.push(performance.now() - startedAt);
  }
  await client.end();
  return { panels: costs, totals };
}

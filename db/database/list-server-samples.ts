import { count, gte, max, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { featureReadings, serverSamples } from "../console/schema";

export type SampleSummary = {
  /** Samples since `since`; 0 where no worker took any. */
  taken: number;
  answered: number;
  /** Null where the server never answered since then. */
  lastAnsweredAt: Date | null;
  /** Most client backends seen in one sample. Null where none could be read. */
  connectionsPeak: number | null;
};

/** What the worker's samples say since `since`. server_samples_pkey. */
export async function summariseServerSamples(db: ConsoleDatabase, { since }: { since: Date }): Promise<SampleSummary> {
  const [row] = await db
    .select({
      taken: count(),
      answered: sql<number>`count(*) filter (where ${serverSamples.isReachable})`.mapWith(Number),
      lastAnsweredAt:
        sql<Date | null>`max(${serverSamples.sampledAt}) filter (where ${serverSamples.isReachable})`.mapWith((value) =>
          serverSamples.sampledAt.mapFromDriverValue(value),
        ),
      connectionsPeak: max(serverSamples.connectionsUsed),
    })
    .from(serverSamples)
    .where(gte(serverSamples.sampledAt, since));
  return row as SampleSummary;
}

/** Since when each feature has the state in which the worker last found it. */
export async function listFeatureStates(
  db: ConsoleDatabase,
): Promise<{ feature: string; state: string; since: Date }[]> {
  return db
    .select({ feature: featureReadings.feature, state: featureReadings.state, since: featureReadings.since })
    .from(featureReadings);
}

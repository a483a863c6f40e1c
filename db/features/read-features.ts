import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { unreadableReason } from "../database/unreadable-reason";
import type { Feature, FeatureReading, FeatureState } from "./feature";
import { features as everyFeature } from "./index";

const worst: FeatureState[] = ["missing", "unknown", "limited", "available"];

/**
 * What of the console this database permits, worst first, one statement after the other. What cannot be read is
 * unknown with its reason, never available; without a connection everything is unknown. Never throws.
 */
export async function readFeatures(
  db: Pick<Database, "execute">,
  features: readonly Feature[] = everyFeature,
): Promise<FeatureReading[]> {
  const outage = await db.execute(sql`select`).then(() => undefined, unreadableReason);
  const readings: FeatureReading[] = [];
  for (const { query, judge, ...feature } of features) {
    const judgement = await (outage ? Promise.reject(outage) : db.execute(query)).then(
      ([facts]) => judge(facts as Record<string, unknown>),
      (error: unknown) => ({
        state: "unknown" as const,
        sentence: typeof error === "string" ? error : unreadableReason(error),
        remedy: null,
      }),
    );
    readings.push({ ...feature, ...judgement });
  }
  return readings.sort((one, other) => worst.indexOf(one.state) - worst.indexOf(other.state));
}

import { type SQL, sql } from "drizzle-orm";

import type { SummedDimension } from "../console/sla-sums";
import type { Period } from "../rules/sla/period";
import { type Dimension, type Grouping, timeKey, weekHour } from "./groupings";
import type { SlaFilter } from "./standing-facts";

/** Rows of sla_sums that add up to an answer, and the key of each group among them. */
export type SummedDays = { rows: SQL; key: SQL };

/**
 * Null where only the facts can answer: as it was known then, more than one filter, or a group within a filter.
 * sla_sums_pkey, or sla_sums_dimension_local_date_idx without a filter.
 */
export function summedDays({
  filter: { frozenBy, clientId, companyId, locationId, region },
  period: { from, until },
  by,
}: {
  filter: SlaFilter;
  period: Period;
  by: Grouping;
}): SummedDays | null {
  const asked: Record<Dimension, string | undefined> = {
    client: clientId?.toString(),
    company: companyId?.toString(),
    location: locationId?.toString(),
    region,
  };
  const narrowed = (Object.keys(asked) as Dimension[]).filter((dimension) => asked[dimension] !== undefined);
  const [only = by in asked ? (by as Dimension) : "hour"] = narrowed;
  const isGrouped = by in asked || by === "hour";
  if (frozenBy || narrowed.length > 1 || (isGrouped && by !== only)) return null;
  return {
    rows: days({ dimension: only, key: only === "hour" ? undefined : asked[only], from, until }),
    key:
      by === "hour"
        ? weekHour(sql`key`)
        : by in asked
          ? sql`key`
          : timeKey(by as Exclude<Grouping, Dimension | "hour">, until),
  };
}

function days({ dimension, key, from, until }: Period & { dimension: SummedDimension; key: string | undefined }): SQL {
  const ofKey = key === undefined ? sql`` : sql`and key = ${key}`;
  return sql`
    sla_sums where dimension = ${dimension} ${ofKey} and local_date between ${from}::date and ${until}::date`;
}

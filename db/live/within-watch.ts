import { between, type SQL, sql } from "drizzle-orm";

import { gpsCheckins, shifts } from "../schema";

/**
 * Check-ins of the shift and 30 minutes around it, none later than `asOf`: a guard's positions are nobody's business
 * outside. For a query over gps_checkins that can see the shift's row.
 */
export function withinWatch(asOf: Date): SQL {
  return between(
    gpsCheckins.createdAt,
    sql`${shifts.startDatetime} - interval '30 minutes'`,
    sql`least(${shifts.endDatetime} + interval '30 minutes', ${asOf.toISOString()}::timestamptz)`,
  );
}

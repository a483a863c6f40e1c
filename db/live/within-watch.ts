import { between, type SQL, type SQLWrapper, sql } from "drizzle-orm";

import { gpsCheckins } from "../schema";

/**
 * Check-ins of the shift and 30 minutes around it, none later than `asOf`: a guard's positions are nobody's business
 * outside. For a query over gps_checkins that can see the shift's times.
 */
export function withinWatch(shift: { startDatetime: SQLWrapper; endDatetime: SQLWrapper }, asOf: Date): SQL {
  return between(
    gpsCheckins.createdAt,
    sql`${shift.startDatetime} - interval '30 minutes'`,
    sql`least(${shift.endDatetime} + interval '30 minutes', ${asOf.toISOString()}::timestamptz)`,
  );
}

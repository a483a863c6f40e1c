import type { PendingQuery } from "postgres";

import type { Session } from "../seed/copy";
import { day, type Instant } from "../story/instant";

export type GuardHome = { checkinCount: number; lastAt: Date | null };

/**
 * What a guard's app asks when it is opened: the guard's check-ins of the last seven days. This is the slow statement
 * that is planted for a DBA to find: no index leads with professional_id, so each call reads all of gps_checkins.
 */
export function selectGuardHome(
  sql: Session,
  { professionalId, asOf }: { professionalId: number; asOf: Instant },
): PendingQuery<GuardHome[]> {
  return sql<GuardHome[]>`
    select count(*)::integer as "checkinCount", max(created_at) as "lastAt"
    from gps_checkins
    where professional_id = ${professionalId} and created_at >= ${new Date(asOf - 7 * day).toISOString()}::timestamptz
  `;
}

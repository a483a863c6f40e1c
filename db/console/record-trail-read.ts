import { sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";

const sameLookMinutes = 15;

/**
 * Puts on record that a person looked at a guard's trail: one event for each person and shift in 15 minutes, so that a
 * panel that renews itself is one look; another where all positions were shown. Looks back by
 * audit_events_staff_id_at_idx.
 */
export async function recordTrailRead(
  db: Pick<ConsoleDatabase, "execute">,
  look: {
    staffId: string;
    shiftId: number;
    guardId: number | null;
    checkinCount: number;
    /** All positions, not only what they prove. */
    hasPositions?: boolean;
    requestId: string | null;
  },
): Promise<void> {
  const positions = look.hasPositions ? sql`'{"positions": true}'::jsonb` : sql`'{}'::jsonb`;
  const target = `shift:${look.shiftId}`;
  await db.execute(sql`
    insert into audit_events (staff_id, action, target, outcome, details, request_id)
    select ${look.staffId}::uuid, 'trail.read', ${target}, 'done',
           jsonb_build_object('guardId', ${look.guardId}::bigint, 'checkins', ${look.checkinCount}::integer) || ${positions}, ${look.requestId}
    where not exists (
      select from audit_events
      where staff_id = ${look.staffId}::uuid
        and at > now() - make_interval(mins => ${sameLookMinutes})
        and action = 'trail.read'
        and target = ${target}
        and details @> ${positions}
    )`);
}

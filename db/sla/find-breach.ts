import { sql } from "drizzle-orm";

import type { ConsoleDatabase, Database } from "../connections";
import { firstGap } from "../rules/sla/cover-slots";
import type { MetricId } from "../rules/sla/definitions";
import type { Span } from "../rules/sla/facts";

type Ground = { securyflex: Database; console: ConsoleDatabase };

/**
 * When what a metric holds against a shift happened first; null where that is not on record, or is no moment of the
 * shift's history. gps_checkins_shift_id_created_at_idx, assignments_shift_id_began_at_idx, incidents_shift_id_idx.
 */
export async function findBreach(ground: Ground, { metric, shiftId }: { metric: MetricId; shiftId: number }) {
  switch (metric) {
    case "in-geofence":
      return at(
        ground.securyflex,
        sql`
        select min(least(recorded_at, gps_checkins.created_at)) as at from gps_checkins join shifts on shifts.id = shift_id
        where shift_id = ${shiftId} and not is_within_radius and gps_checkins.created_at >= start_datetime
          and least(recorded_at, gps_checkins.created_at) between start_datetime and end_datetime`,
      );
    case "acknowledge":
    case "on-scene": {
      const answered = metric === "acknowledge" ? sql`acknowledged_at` : sql`on_scene_at`;
      return at(
        ground.securyflex,
        sql`
        select reported_at as at from incidents where shift_id = ${shiftId}
        order by ${answered} - reported_at desc nulls first, reported_at limit 1`,
      );
    }
    case "refill":
    case "arrive":
      return at(
        ground.securyflex,
        sql`
        select min(ended_at) as at from assignments join shifts on shifts.id = shift_id
        where shift_id = ${shiftId} and ended_at < end_datetime`,
      );
    case "coverage":
      return findGap(ground.console, shiftId);
    default:
      return null;
  }
}

/** From the newest facts; a shift that is not frozen yet has none. */
async function findGap(console: ConsoleDatabase, shiftId: number): Promise<Date | null> {
  const [facts] = await console.execute<{
    headcount: number;
    startAt: number;
    neededSeconds: number;
    confirmed: Span[];
    assumed: Span[];
    unobserved: Span[];
  }>(sql`
    select headcount, date_part('epoch', start_at) as "startAt", planned_seconds::float8 / headcount as "neededSeconds",
           ${spansOf(sql`confirmed_spans`)} as confirmed, ${spansOf(sql`assumed_spans`)} as assumed,
           (select coalesce(json_agg(json_build_array(date_part('epoch', from_at),
                                                      date_part('epoch', coalesce(until_at, now())))), '[]')
            from unobserved_spans where shift_id = facts.shift_id) as unobserved
    from sla_shift_facts as facts
    where shift_id = ${shiftId}
    order by sequence desc limit 1`);
  if (!facts) return null;
  const { headcount, startAt, neededSeconds, ...spans } = facts;
  const gapAt = firstGap(headcount, [startAt, startAt + neededSeconds], spans);
  return gapAt === null ? null : new Date(gapAt * 1000);
}

function spansOf(column: ReturnType<typeof sql>) {
  return sql`(
    select coalesce(json_agg(json_build_array(date_part('epoch', lower(span)), date_part('epoch', upper(span)))), '[]')
    from sla_assignment_facts as held cross join lateral unnest(held.${column}) as spans (span)
    where held.shift_id = facts.shift_id and held.sequence = facts.sequence)`;
}

async function at(db: Database, question: ReturnType<typeof sql>): Promise<Date | null> {
  const [found] = await db.execute<{ seconds: number | null }>(sql`
    select date_part('epoch', at) as seconds from (${question}) as moments`);
  return found?.seconds ? new Date(found.seconds * 1000) : null;
}

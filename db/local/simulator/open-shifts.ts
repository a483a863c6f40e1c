import type { Point } from "../../schema/geography";
import type { Session } from "../seed/copy";
import type { Instant } from "../story/instant";

export type ChangingShift = {
  id: number;
  status: "draft" | "published" | "assigned" | "active";
  startAt: Instant;
  endAt: Instant;
  publishedAt: Instant | null;
  assignedAt: Instant | null;
  /** Null while nobody has the shift. */
  professionalId: number | null;
  userId: string | null;
};

export type OpenShift = ChangingShift & {
  locationId: number;
  point: Point;
  radiusMeters: number;
  /** Null while nobody has the shift; so is what follows. */
  home: Point | null;
  /** Of this guard on this shift, by the server's clock. */
  lastCheckInAt: Instant | null;
};

/**
 * Shifts not yet over whose start lies before `untilAt`, by start, at most `limit`. One probe of
 * gps_checkins_shift_id_created_at_idx each.
 */
export async function listOpenShifts(
  sql: Session,
  { untilAt, limit }: { untilAt: Instant; limit: number },
): Promise<OpenShift[]> {
  const rows = await sql<Row[]>`
    select
      shifts.id::float8, shifts.status,
      (extract(epoch from start_datetime) * 1000)::float8 as "startAt",
      (extract(epoch from end_datetime) * 1000)::float8 as "endAt",
      (extract(epoch from published_at) * 1000)::float8 as "publishedAt",
      (extract(epoch from assigned_at) * 1000)::float8 as "assignedAt",
      location_id::float8 as "locationId", radius_meters as "radiusMeters",
      st_x(location_point::geometry) as longitude, st_y(location_point::geometry) as latitude,
      professional_id::float8 as "professionalId", user_id as "userId",
      st_x(home_point::geometry) as "homeLongitude", st_y(home_point::geometry) as "homeLatitude",
      (extract(epoch from last.created_at) * 1000)::float8 as "lastCheckInAt"
    from shifts
    join locations on locations.id = location_id
    left join security_professionals professional on professional.id = professional_id
    left join lateral (
      select created_at
      from gps_checkins
      where shift_id = shifts.id and gps_checkins.professional_id = shifts.professional_id
      order by created_at desc
      limit 1
    ) last on true
    where status in ('draft', 'published', 'assigned', 'active')
      and start_datetime < ${new Date(untilAt).toISOString()}::timestamptz
    order by start_datetime, shifts.id
    limit ${limit}
  `;
  return rows.map(({ longitude, latitude, homeLongitude, homeLatitude, ...shift }) => ({
    ...shift,
    point: { longitude, latitude },
    home: homeLongitude === null || homeLatitude === null ? null : { longitude: homeLongitude, latitude: homeLatitude },
  }));
}

type Row = Omit<OpenShift, "point" | "home"> & {
  longitude: number;
  latitude: number;
  homeLongitude: number | null;
  homeLatitude: number | null;
};

/** Drafts and published shifts that start after `afterAt`, by start: those that wait for a guard. */
export async function listWaitingShifts(sql: Session, { afterAt }: { afterAt: Instant }): Promise<ChangingShift[]> {
  return sql<ChangingShift[]>`
    select
      id::float8, status,
      (extract(epoch from start_datetime) * 1000)::float8 as "startAt",
      (extract(epoch from end_datetime) * 1000)::float8 as "endAt",
      (extract(epoch from published_at) * 1000)::float8 as "publishedAt",
      null as "assignedAt", null as "professionalId", null as "userId"
    from shifts
    where status in ('draft', 'published')
      and professional_id is null
      and start_datetime > ${new Date(afterAt).toISOString()}::timestamptz
    order by start_datetime, id
  `;
}

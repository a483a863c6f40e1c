import { and, asc, between, desc, eq, inArray, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Database } from "../connections";
import type { WatchedShift } from "../rules/live/live-state";
import type { Checkin } from "../rules/live/presence";
import { gpsCheckins, incidents, locations, organizations, securityProfessionals, users } from "../schema";
import type { Point } from "../schema/geography";
import { standingNow, standingThen } from "./standing-shifts";
import { withinWatch } from "./within-watch";

export type ShiftAround = {
  id: number;
  status: WatchedShift["status"];
  post: string;
  startAt: Date;
  endAt: Date;
  /** Null while nobody has the shift. */
  guard: { id: number; fullName: string } | null;
  assignedAt: Date | null;
  company: string;
  client: string;
  location: {
    id: number;
    name: string;
    city: string;
    /** Dutch province; null where the location has none. */
    region: string | null;
    point: Point;
    radiusMeters: number;
    timeZone: string;
  };
  /** When the guard was first seen there: an `in` not outside or a ping inside, from an hour before the start on. */
  arrivedAt: Date | null;
  /** The guard's last dozen, newest first, of the shift and 30 minutes around it. */
  checkins: Checkin[];
  /** The oldest incident of severity high or worse that is open and unacknowledged. */
  openIncident: { reportedAt: Date; severity: "high" | "critical"; summary: string } | null;
};

/** Enough to see that a guard left the post when a few positions between are vague. */
const checkinsPerShift = 12;

/**
 * The board of `asOf`: shifts that run within two hours of it, by start, published, assigned, active or completed; with
 * `shiftIds` only those of them. What came after `asOf` is not seen. Shifts stand as their rows say; with `isPast` as
 * they stood then, by ops_shift_history: the same moment gives the same board, whenever it is asked for.
 *
 * One query: the indexes of standing-shifts.ts, then for each shift two short walks of
 * gps_checkins_shift_id_created_at_idx and one of incidents_shift_id_idx.
 */
export async function listShiftsAround(
  db: Database,
  {
    asOf,
    shiftIds,
    isPast = false,
  }: { asOf: Date; shiftIds?: readonly number[] | undefined; isPast?: boolean | undefined },
): Promise<ShiftAround[]> {
  const shifts = (isPast ? standingThen : standingNow)(db, { asOf, shiftIds });
  const ofGuard = and(eq(gpsCheckins.shiftId, shifts.id), eq(gpsCheckins.professionalId, shifts.professionalId));
  const hasNotPassed = (column: typeof incidents.acknowledgedAt | typeof incidents.closedAt) =>
    sql`(${column} is null or ${column} > ${asOf.toISOString()}::timestamptz)`;
  const company = alias(organizations, "company");
  const client = alias(organizations, "client");

  const recent = db
    .select({
      kind: gpsCheckins.kind,
      recordedAt: gpsCheckins.recordedAt,
      createdAt: gpsCheckins.createdAt,
      accuracyMeters: gpsCheckins.accuracyMeters,
      distanceMeters: sql<number>`ST_Distance(${gpsCheckins.gpsPoint}, ${locations.locationPoint})`.as(
        "distance_meters",
      ),
    })
    .from(gpsCheckins)
    .where(and(ofGuard, withinWatch(shifts, asOf)))
    .orderBy(desc(gpsCheckins.createdAt))
    .limit(checkinsPerShift)
    .as("recent");

  const trail = db
    .select({
      // A line of text: JSON would cost server and reader more than finding the rows. What may be null stands last.
      checkins: sql<string | null>`string_agg(concat_ws(',',
        ${recent.kind},
        (date_part('epoch', ${recent.recordedAt}) * 1000)::bigint,
        (date_part('epoch', ${recent.createdAt}) * 1000)::bigint,
        ${recent.distanceMeters},
        ${recent.accuracyMeters}
      ), ';')`.as("checkins"),
    })
    .from(recent)
    .as("trail");

  const arrival = db
    .select({
      at: sql<Date>`least(${gpsCheckins.recordedAt}, ${gpsCheckins.createdAt})`.mapWith(gpsCheckins.createdAt).as("at"),
    })
    .from(gpsCheckins)
    .where(
      and(
        ofGuard,
        between(
          gpsCheckins.createdAt,
          sql`${shifts.startDatetime} - interval '60 minutes'`,
          sql`least(${shifts.endDatetime}, ${asOf.toISOString()}::timestamptz)`,
        ),
        or(
          and(eq(gpsCheckins.kind, "in"), sql`${gpsCheckins.isWithinRadius} is not false`),
          and(eq(gpsCheckins.kind, "ping"), gpsCheckins.isWithinRadius),
        ),
      ),
    )
    .orderBy(asc(gpsCheckins.createdAt))
    .limit(1)
    .as("arrival");

  const incident = db
    .select({ reportedAt: incidents.reportedAt, severity: incidents.severity, summary: incidents.summary })
    .from(incidents)
    .where(
      and(
        eq(incidents.shiftId, shifts.id),
        inArray(incidents.severity, ["high", "critical"]),
        sql`${incidents.reportedAt} <= ${asOf.toISOString()}::timestamptz`,
        hasNotPassed(incidents.acknowledgedAt),
        hasNotPassed(incidents.closedAt),
      ),
    )
    .orderBy(asc(incidents.reportedAt))
    .limit(1)
    .as("incident");

  const rows = await db
    .select({
      id: shifts.id,
      status: shifts.status,
      post: shifts.post,
      startAt: shifts.startDatetime,
      endAt: shifts.endDatetime,
      guardId: shifts.professionalId,
      guardName: users.fullName,
      assignedAt: shifts.assignedAt,
      company: company.name,
      client: client.name,
      location: {
        id: locations.id,
        name: locations.name,
        city: locations.city,
        region: locations.region,
        point: locations.locationPoint,
        radiusMeters: locations.radiusMeters,
        timeZone: locations.timeZone,
      },
      arrivedAt: arrival.at,
      checkins: trail.checkins,
      incident: { reportedAt: incident.reportedAt, severity: incident.severity, summary: incident.summary },
    })
    .from(shifts)
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .innerJoin(company, eq(company.id, shifts.companyId))
    .innerJoin(client, eq(client.id, shifts.clientId))
    .leftJoin(securityProfessionals, eq(securityProfessionals.id, shifts.professionalId))
    .leftJoin(users, eq(users.id, securityProfessionals.userId))
    .leftJoinLateral(trail, sql`true`)
    .leftJoinLateral(arrival, sql`true`)
    .leftJoinLateral(incident, sql`true`)
    .orderBy(asc(shifts.startDatetime), asc(shifts.id));

  return rows.map(({ guardId, guardName, checkins, incident: found, status, ...row }) => ({
    ...row,
    status: status as ShiftAround["status"],
    guard: guardId === null ? null : { id: guardId, fullName: guardName ?? "Name not on record" },
    checkins: checkins?.split(";").map(toCheckin) ?? [],
    openIncident: found as ShiftAround["openIncident"],
  }));
}

function toCheckin(text: string): Checkin {
  const [kind, recordedMs, createdMs, distanceMeters, accuracyMeters] = text.split(",");
  return {
    kind: kind as Checkin["kind"],
    recordedAt: new Date(Number(recordedMs)),
    createdAt: new Date(Number(createdMs)),
    distanceMeters: Number(distanceMeters),
    accuracyMeters: accuracyMeters === undefined ? null : Number(accuracyMeters),
  };
}

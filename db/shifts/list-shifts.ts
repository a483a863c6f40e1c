import { and, asc, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "../connections";
import { gpsCheckins, locations, organizations, securityProfessionals, shifts, users } from "../schema";
import { type CheckinVerdict, verdictOf } from "./checkin-verdict";

export type ShiftStatus = (typeof shifts.$inferSelect)["status"];

export type ShiftFilter = {
  status?: ShiftStatus;
  /** Part of the name of guard, location, city, client or company in any case; digits alone are a shift's id. */
  text?: string;
  /** Ascending: shifts that start at or after it. Descending: shifts that start before it. */
  bound?: Date;
};

export type ShiftOrder = "start" | "-start";

export type ListedShift = {
  id: number;
  status: ShiftStatus;
  startAt: Date;
  endAt: Date;
  locationName: string;
  city: string;
  timeZone: string;
  clientName: string;
  /** Null while nobody has the shift. */
  guardName: string | null;
  checkinCount: number;
  /** Null when the guard sent nothing within the shift and 30 minutes around it. */
  lastCheckinAt: Date | null;
  lastVerdict: CheckinVerdict | null;
};

/**
 * A page of shifts by start; those beyond the shift `afterId` where it is given. At most `limit`.
 *
 * Walks shifts_start_datetime_end_datetime_status_idx until the page is full, and gps_checkins_shift_id_created_at_idx
 * twice for each shift of the page. A text is first turned into the ids that it names.
 */
export async function listShifts(
  db: Database,
  { filter, order, afterId, limit }: { filter: ShiftFilter; order: ShiftOrder; afterId?: number; limit: number },
): Promise<ListedShift[]> {
  const direction = order === "start" ? asc : desc;
  const page = db
    .select({
      id: shifts.id,
      status: shifts.status,
      startAt: shifts.startDatetime,
      endAt: shifts.endDatetime,
      locationId: shifts.locationId,
      clientId: shifts.clientId,
      professionalId: shifts.professionalId,
    })
    .from(shifts)
    .where(and(matches(db, filter), within(filter.bound, order), afterId ? beyond(afterId, order) : undefined))
    .orderBy(direction(shifts.startDatetime), direction(shifts.id))
    .limit(limit)
    .as("page");
  const client = alias(organizations, "client");
  const ofPage = and(
    eq(gpsCheckins.shiftId, page.id),
    gte(gpsCheckins.createdAt, sql`${page.startAt} - interval '30 minutes'`),
    lt(gpsCheckins.createdAt, sql`${page.endAt} + interval '30 minutes'`),
  );
  const last = db
    .select({ at: gpsCheckins.createdAt, isWithinRadius: gpsCheckins.isWithinRadius })
    .from(gpsCheckins)
    .where(ofPage)
    .orderBy(desc(gpsCheckins.createdAt))
    .limit(1)
    .as("last");
  const counted = db
    .select({ checkinCount: sql<number>`count(*)::integer`.as("checkin_count") })
    .from(gpsCheckins)
    .where(ofPage)
    .as("counted");

  const rows = await db
    .select({
      id: page.id,
      status: page.status,
      startAt: page.startAt,
      endAt: page.endAt,
      locationName: locations.name,
      city: locations.city,
      timeZone: locations.timeZone,
      clientName: client.name,
      guardName: users.fullName,
      checkinCount: counted.checkinCount,
      lastCheckinAt: last.at,
      isWithinRadius: last.isWithinRadius,
    })
    .from(page)
    .innerJoin(locations, eq(locations.id, page.locationId))
    .innerJoin(client, eq(client.id, page.clientId))
    .leftJoin(securityProfessionals, eq(securityProfessionals.id, page.professionalId))
    .leftJoin(users, eq(users.id, securityProfessionals.userId))
    .leftJoinLateral(last, sql`true`)
    .crossJoinLateral(counted)
    .orderBy(direction(page.startAt), direction(page.id));
  return rows.map(({ isWithinRadius, ...row }) => ({
    ...row,
    lastVerdict: row.lastCheckinAt ? verdictOf(isWithinRadius) : null,
  }));
}

function within(bound: Date | undefined, order: ShiftOrder): SQL | undefined {
  if (!bound) return undefined;
  return order === "start" ? gte(shifts.startDatetime, bound) : lt(shifts.startDatetime, bound);
}

function beyond(id: number, order: ShiftOrder): SQL {
  const last = sql`(select start_datetime, id from shifts where id = ${id})`;
  return order === "start"
    ? sql`(${shifts.startDatetime}, ${shifts.id}) > ${last}`
    : sql`(${shifts.startDatetime}, ${shifts.id}) < ${last}`;
}

function matches(db: Database, { status, text }: ShiftFilter): SQL | undefined {
  const hasStatus = status ? eq(shifts.status, status) : undefined;
  if (!text) return hasStatus;
  if (/^\d{1,15}$/.test(text)) return and(hasStatus, eq(shifts.id, Number(text)));
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const guards = db
    .select({ id: securityProfessionals.id })
    .from(securityProfessionals)
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(ilike(users.fullName, pattern));
  const places = db
    .select({ id: locations.id })
    .from(locations)
    .where(or(ilike(locations.name, pattern), ilike(locations.city, pattern)));
  const parties = () =>
    db.select({ id: organizations.id }).from(organizations).where(ilike(organizations.name, pattern));
  return and(
    hasStatus,
    or(
      inArray(shifts.professionalId, guards),
      inArray(shifts.locationId, places),
      inArray(shifts.clientId, parties()),
      inArray(shifts.companyId, parties()),
    ),
  );
}

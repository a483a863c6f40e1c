import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "../connections";
import { gpsCheckins, locations, organizations, securityProfessionals, shifts, users } from "../schema";
import { type CheckinVerdict, verdictOf } from "./checkin-verdict";
import { countShifts } from "./count-shifts";
import { matchesFilter, type ShiftFilter, type ShiftStatus } from "./shift-filter";
import {
  beyond,
  canHold,
  client,
  instantText,
  keyText,
  orderOf,
  type ShiftPosition,
  type ShiftSort,
  type Stretch,
  stretchesOf,
} from "./shift-order";

export type ListedShift = {
  id: number;
  status: ShiftStatus;
  post: string;
  startAt: Date;
  endAt: Date;
  locationName: string;
  city: string;
  region: string | null;
  timeZone: string;
  clientName: string;
  companyName: string;
  /** Null while nobody has the shift. */
  guardName: string | null;
  headcount: number;
  /** Euro an hour. */
  hourlyRate: number;
  updatedAt: Date;
  checkinCount: number;
  /** Null when the guard sent nothing within the shift and 30 minutes around it. */
  lastCheckinAt: Date | null;
  lastVerdict: CheckinVerdict | null;
  position: ShiftPosition;
};

export type ShiftPageQuestion = {
  filter: ShiftFilter;
  sort: ShiftSort;
  /** The page stands on this side of the position; undefined is the first page. */
  beside?: { side: "after" | "before"; position: ShiftPosition };
  limit: number;
  /** No more than `mostGathered` shifts match: they are found first and sorted then, instead of walking the order. */
  isFew?: boolean;
};

/**
 * So many are found and sorted faster than an order is walked for them. Status and manning go with time, as most orders
 * do: what they let through may stand at the far end, so more is gathered.
 */
export function mostGathered({ statuses, isWithoutGuard }: ShiftFilter): number {
  return statuses || isWithoutGuard ? 10_000 : 2_000;
}

/**
 * At most `limit` shifts in the order of `sort`, with the number of their check-ins and the last one.
 *
 * Each sort walks an index of its own until the page is full: shifts_start_datetime_end_datetime_status_idx,
 * shifts_{end_datetime,updated_at,hourly_rate,status}_start_datetime_id_idx, or the names of locations,
 * organizations or users and then shifts_{location_id,client_id,professional_id}_start_datetime_idx. The check-ins of
 * the page's shifts alone are read, by gps_checkins_shift_id_created_at_idx.
 */
export async function listShifts(db: Database, question: ShiftPageQuestion): Promise<ListedShift[]> {
  const { filter, sort, beside, limit, isFew } = question;
  const isReversed = beside?.side === "before";
  const isDescending = sort.isDescending !== isReversed;
  const all = stretchesOf(sort.by).map((stretch, index) => ({ stretch, index }));
  const begun = beside?.position.stretch;
  const found: ListedShift[] = [];
  for (const { stretch, index } of isDescending ? all.reverse() : all) {
    const isPassed = begun !== undefined && (isDescending ? index > begun : index < begun);
    if (isPassed || found.length >= limit || !canHold(sort, index, filter)) continue;
    const count =
      all.length > 1
        ? await countShifts(db, { filter, condition: stretch.condition, most: mostGathered(filter) })
        : null;
    if (count === 0) continue;
    const position = index === begun ? beside?.position : undefined;
    const part = { stretch, index, position, isDescending, limit: limit - found.length };
    found.push(
      ...(await listStretch(db, { ...question, isFew: count === null ? isFew : count <= mostGathered(filter) }, part)),
    );
  }
  return isReversed ? found.reverse() : found;
}

type Part = { stretch: Stretch; index: number; position?: ShiftPosition; isDescending: boolean; limit: number };

async function listStretch(
  db: Database,
  question: ShiftPageQuestion,
  { stretch, index, position, isDescending, limit }: Part,
): Promise<ListedShift[]> {
  const { sort } = question;
  const order = orderOf(sort, stretch, isDescending);
  const page = pageOf(db, question, { stretch, index, position, isDescending, limit });
  const company = alias(organizations, "company");
  const ofShift = and(
    eq(gpsCheckins.shiftId, shifts.id),
    gte(gpsCheckins.createdAt, sql`${shifts.startDatetime} - interval '30 minutes'`),
    lt(gpsCheckins.createdAt, sql`${shifts.endDatetime} + interval '30 minutes'`),
  );
  const last = db
    .select({ at: gpsCheckins.createdAt, isWithinRadius: gpsCheckins.isWithinRadius })
    .from(gpsCheckins)
    .where(ofShift)
    .orderBy(desc(gpsCheckins.createdAt))
    .limit(1)
    .as("last");
  const counted = db
    .select({ checkinCount: sql<number>`count(*)::integer`.as("checkin_count") })
    .from(gpsCheckins)
    .where(ofShift)
    .as("counted");

  const rows = await db
    .select({
      id: shifts.id,
      status: shifts.status,
      post: shifts.post,
      startAt: shifts.startDatetime,
      endAt: shifts.endDatetime,
      locationName: locations.name,
      city: locations.city,
      region: locations.region,
      timeZone: locations.timeZone,
      clientName: client.name,
      companyName: company.name,
      guardName: users.fullName,
      headcount: shifts.headcount,
      hourlyRate: shifts.hourlyRate,
      updatedAt: shifts.updatedAt,
      checkinCount: counted.checkinCount,
      lastCheckinAt: last.at,
      isWithinRadius: last.isWithinRadius,
      key: keyText(stretch),
      start: instantText(shifts.startDatetime),
    })
    .from(page)
    .innerJoin(shifts, eq(shifts.id, page.id))
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .innerJoin(client, eq(client.id, shifts.clientId))
    .innerJoin(company, eq(company.id, shifts.companyId))
    .leftJoin(securityProfessionals, eq(securityProfessionals.id, shifts.professionalId))
    .leftJoin(users, eq(users.id, securityProfessionals.userId))
    .leftJoinLateral(last, sql`true`)
    .crossJoinLateral(counted)
    .orderBy(...order);
  return rows.map(({ isWithinRadius, hourlyRate, key, start, ...row }) => ({
    ...row,
    hourlyRate: Number(hourlyRate),
    lastVerdict: row.lastCheckinAt ? verdictOf(isWithinRadius) : null,
    position: { stretch: index, key, startAt: start, id: row.id },
  }));
}

/** The ids of the page. Only columns of the sort's index are read, so that what does not match costs no heap page. */
function pageOf(db: Database, { filter, sort, isFew }: ShiftPageQuestion, part: Part) {
  const { stretch, position, isDescending, limit } = part;
  const matches = matchesFilter(db, filter);
  // Its limit keeps the planner from walking the order through all that does not match.
  const few = db
    .select()
    .from(shifts)
    .where(and(matches, stretch.condition))
    .limit(2 * mostGathered(filter))
    .as("shifts");
  const ids = db
    .select({ id: shifts.id })
    .from(isFew ? few : shifts)
    .$dynamic();
  if (stretch.joins === "location") ids.innerJoin(locations, eq(locations.id, shifts.locationId));
  if (stretch.joins === "client") ids.innerJoin(client, eq(client.id, shifts.clientId));
  if (stretch.joins === "guard") {
    ids
      .innerJoin(securityProfessionals, eq(securityProfessionals.id, shifts.professionalId))
      .innerJoin(users, eq(users.id, securityProfessionals.userId));
  }
  return ids
    .where(
      and(isFew ? undefined : matches, stretch.condition, position && beyond(sort, stretch, position, isDescending)),
    )
    .orderBy(...orderOf(sort, stretch, isDescending))
    .limit(limit)
    .as("page");
}

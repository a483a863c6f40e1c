import { asc, eq, getTableColumns, inArray, sql } from "drizzle-orm";

import type { Database } from "../../connections";
import type { Transaction } from "../../operation";
import { finqleTransactions, locations, organizations, securityProfessionals, shifts, users } from "../../schema";
import type { Standing } from "./shift-change";

/** A shift as it stands, with what a change of its guard touches. */
export type StandingShift = {
  id: number;
  version: number;
  status: (typeof shifts.$inferSelect)["status"];
  post: string;
  startAt: Date;
  endAt: Date;
  updatedAt: Date;
  /** Euro an hour. */
  hourlyRate: number;
  companyId: number;
  companyName: string;
  locationName: string;
  timeZone: string;
  /** Null while nobody has it; so are the name and the user. */
  guardId: number | null;
  guardName: string | null;
  guardUserId: string | null;
  /** The furthest that a payment of this shift's guard has come; null where there is none. */
  payment: "pending" | "approved" | "paid" | "failed" | null;
};

export type StandingGuard = {
  id: number;
  userId: string;
  fullName: string;
  employment: "zzp" | "employee";
  /** Euro an hour; null while the guard asks for none. */
  hourlyRate: number | null;
};

/** Shifts by their ids, in that order of ids; those that there are. */
export async function readStandingShifts(
  db: Pick<Database, "select">,
  ids: readonly number[],
): Promise<StandingShift[]> {
  const rows = await db
    .select({
      shift: getTableColumns(shifts),
      companyName: organizations.name,
      locationName: locations.name,
      timeZone: locations.timeZone,
      guardName: users.fullName,
      guardUserId: users.id,
      payment: sql<StandingShift["payment"]>`(
        select status from ${finqleTransactions} as payment
        where payment.shift_id = ${shifts.id} and payment.professional_id = ${shifts.professionalId}
        order by array_position(array['paid', 'approved', 'pending', 'failed'], status) limit 1)`,
    })
    .from(shifts)
    .innerJoin(organizations, eq(organizations.id, shifts.companyId))
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .leftJoin(securityProfessionals, eq(securityProfessionals.id, shifts.professionalId))
    .leftJoin(users, eq(users.id, securityProfessionals.userId))
    .where(inArray(shifts.id, [...ids]))
    .orderBy(asc(shifts.id));
  return rows.map(({ shift, ...rest }) => ({
    ...rest,
    id: shift.id,
    version: shift.version,
    status: shift.status,
    post: shift.post,
    startAt: shift.startDatetime,
    endAt: shift.endDatetime,
    updatedAt: shift.updatedAt,
    hourlyRate: Number(shift.hourlyRate),
    companyId: shift.companyId,
    guardId: shift.professionalId,
  }));
}

/** Undefined where there is none. */
export async function readGuard(db: Pick<Database, "select">, id: number): Promise<StandingGuard | undefined> {
  const [row] = await db
    .select({
      id: securityProfessionals.id,
      userId: users.id,
      fullName: users.fullName,
      employment: securityProfessionals.employment,
      hourlyRate: securityProfessionals.hourlyRate,
    })
    .from(securityProfessionals)
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(eq(securityProfessionals.id, id));
  return row && { ...row, hourlyRate: row.hourlyRate === null ? null : Number(row.hourlyRate) };
}

/**
 * Locks shifts, then the guards who are to get one, each by id: everybody who locks both locks them in this order, so
 * nobody waits in a circle. Returns the shifts as they stand under the lock. Needs console_ops.
 */
export async function lockShifts(
  transaction: Transaction,
  shiftIds: readonly number[],
  guardIds: readonly number[],
): Promise<StandingShift[]> {
  await transaction
    .select({ id: shifts.id })
    .from(shifts)
    .where(inArray(shifts.id, [...shiftIds]))
    .orderBy(asc(shifts.id))
    .for("update");
  if (guardIds.length > 0)
    await transaction
      .select({ id: securityProfessionals.id })
      .from(securityProfessionals)
      .where(inArray(securityProfessionals.id, [...guardIds]))
      .orderBy(asc(securityProfessionals.id))
      .for("update");
  return readStandingShifts(transaction, shiftIds);
}

export function standingOf(shift: StandingShift): Standing {
  const { status, guardId, guardName, startAt, endAt } = shift;
  return { status, guardId, guardName, startAt: startAt.toISOString(), endAt: endAt.toISOString() };
}

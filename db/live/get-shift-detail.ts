import { and, asc, eq, isNull, lte, or, sql } from "drizzle-orm";
import type { Database } from "../connections";
import { assignments, finqleTransactions, incidents, locations, securityProfessionals, users } from "../schema";
import { standingNow, standingThen } from "./standing-shifts";

export type ShiftDetail = {
  /** Null while nobody has the shift. */
  guard: { id: number; fullName: string; phone: string | null; employment: "zzp" | "employee" } | null;
  address: string;
  /** Oldest first; what came after the moment is null. */
  incidents: {
    id: number;
    severity: "low" | "medium" | "high" | "critical";
    summary: string;
    reportedAt: Date;
    acknowledgedAt: Date | null;
    onSceneAt: Date | null;
    closedAt: Date | null;
  }[];
  /** Oldest first; `hasFailed` is of today, for nobody keeps when a payment failed. */
  payments: {
    id: number;
    guardName: string | null;
    amountEuro: number;
    createdAt: Date;
    approvedAt: Date | null;
    paidAt: Date | null;
    hasFailed: boolean;
  }[];
  /** Who had the shift and who has it, oldest first. */
  assignments: {
    id: number;
    guardName: string | null;
    /** Null where it is not on record. */
    beganAt: Date | null;
    beganReason: string;
    /** Null while it stands; so is the reason. */
    endedAt: Date | null;
    endedReason: string | null;
  }[];
};

/**
 * What the board does not carry of one of its shifts, as of `asOf`; with `isPast` of the shift as it stood then.
 * Undefined where it is not on the board of that moment. Four reads by primary keys, incidents_shift_id_idx,
 * finqle_transactions_shift_id_idx and assignments_shift_id_began_at_idx.
 */
export async function getShiftDetail(
  db: Database,
  { shiftId, asOf, isPast }: { shiftId: number; asOf: Date; isPast: boolean },
): Promise<ShiftDetail | undefined> {
  const shifts = (isPast ? standingThen : standingNow)(db, { asOf, shiftIds: [shiftId] });
  const [[shift], told, paid, held] = await Promise.all([
    db
      .select({
        guardId: shifts.professionalId,
        fullName: users.fullName,
        phone: users.phone,
        employment: securityProfessionals.employment,
        address: locations.address,
      })
      .from(shifts)
      .innerJoin(locations, eq(locations.id, shifts.locationId))
      .leftJoin(securityProfessionals, eq(securityProfessionals.id, shifts.professionalId))
      .leftJoin(users, eq(users.id, securityProfessionals.userId)),
    db
      .select()
      .from(incidents)
      .where(and(eq(incidents.shiftId, shiftId), lte(incidents.reportedAt, asOf)))
      .orderBy(asc(incidents.reportedAt)),
    db
      .select({ payment: finqleTransactions, guardName: users.fullName })
      .from(finqleTransactions)
      .leftJoin(securityProfessionals, eq(securityProfessionals.id, finqleTransactions.professionalId))
      .leftJoin(users, eq(users.id, securityProfessionals.userId))
      .where(and(eq(finqleTransactions.shiftId, shiftId), lte(finqleTransactions.createdAt, asOf)))
      .orderBy(asc(finqleTransactions.createdAt)),
    db
      .select({ assignment: assignments, guardName: users.fullName })
      .from(assignments)
      .leftJoin(securityProfessionals, eq(securityProfessionals.id, assignments.professionalId))
      .leftJoin(users, eq(users.id, securityProfessionals.userId))
      .where(and(eq(assignments.shiftId, shiftId), or(isNull(assignments.beganAt), lte(assignments.beganAt, asOf))))
      .orderBy(sql`${assignments.beganAt} nulls first`, asc(assignments.id)),
  ]);
  if (!shift) return undefined;
  const { guardId, fullName, phone, employment, address } = shift;
  const by = (at: Date | null) => (at && at <= asOf ? at : null);
  return {
    address,
    guard:
      guardId && employment ? { id: guardId, fullName: fullName ?? "Name not on record", phone, employment } : null,
    incidents: told.map(({ shiftId: _, acknowledgedAt, onSceneAt, closedAt, ...incident }) => ({
      ...incident,
      acknowledgedAt: by(acknowledgedAt),
      onSceneAt: by(onSceneAt),
      closedAt: by(closedAt),
    })),
    payments: paid.map(({ payment, guardName }) => ({
      id: payment.id,
      guardName,
      amountEuro: Number(payment.amount),
      createdAt: payment.createdAt,
      approvedAt: by(payment.approvedAt),
      paidAt: by(payment.paidAt),
      hasFailed: payment.status === "failed",
    })),
    assignments: held.map(({ assignment: { id, beganAt, beganReason, endedAt, endedReason }, guardName }) => ({
      ...{ id, guardName, beganAt, beganReason },
      endedAt: by(endedAt),
      endedReason: by(endedAt) && endedReason,
    })),
  };
}

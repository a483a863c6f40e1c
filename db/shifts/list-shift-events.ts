import { and, asc, eq, gte, lt, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { finqleTransactions, gpsCheckins, incidents, shifts } from "../schema";
import { type CheckinVerdict, verdictOf } from "./checkin-verdict";

/** A check-in without its position: when, by the server's clock, and what it proves. */
export type ShiftCheckin = { id: number; at: Date; kind: "in" | "ping" | "out"; verdict: CheckinVerdict };

/**
 * Check-ins of a shift within its time and 30 minutes around it, oldest first, without positions; at most 2,000.
 * A guard's movements elsewhere in time are nobody's business, so they are not read at all.
 * gps_checkins_shift_id_created_at_idx.
 */
export async function listShiftCheckins(db: Database, shiftId: number): Promise<ShiftCheckin[]> {
  const rows = await db
    .select({
      id: gpsCheckins.id,
      at: gpsCheckins.createdAt,
      kind: gpsCheckins.kind,
      isWithinRadius: gpsCheckins.isWithinRadius,
    })
    .from(shifts)
    .innerJoin(
      gpsCheckins,
      and(
        eq(gpsCheckins.shiftId, shifts.id),
        gte(gpsCheckins.createdAt, sql`${shifts.startDatetime} - interval '30 minutes'`),
        lt(gpsCheckins.createdAt, sql`${shifts.endDatetime} + interval '30 minutes'`),
      ),
    )
    .where(eq(shifts.id, shiftId))
    .orderBy(asc(gpsCheckins.createdAt), asc(gpsCheckins.id))
    .limit(2000);
  return rows.map(({ isWithinRadius, ...row }) => ({ ...row, verdict: verdictOf(isWithinRadius) }));
}

export type ShiftIncident = Pick<
  typeof incidents.$inferSelect,
  "id" | "severity" | "summary" | "reportedAt" | "acknowledgedAt" | "onSceneAt" | "closedAt"
>;

/** Incidents of a shift, oldest first. incidents_shift_id_idx. */
export async function listShiftIncidents(db: Database, shiftId: number): Promise<ShiftIncident[]> {
  return db
    .select({
      id: incidents.id,
      severity: incidents.severity,
      summary: incidents.summary,
      reportedAt: incidents.reportedAt,
      acknowledgedAt: incidents.acknowledgedAt,
      onSceneAt: incidents.onSceneAt,
      closedAt: incidents.closedAt,
    })
    .from(incidents)
    .where(eq(incidents.shiftId, shiftId))
    .orderBy(asc(incidents.reportedAt));
}

export type ShiftPayment = {
  id: number;
  amountEuro: number;
  status: "pending" | "approved" | "paid" | "failed";
  createdAt: Date;
  approvedAt: Date | null;
  paidAt: Date | null;
};

/** Payments of a shift, oldest first. finqle_transactions_shift_id_idx. */
export async function listShiftPayments(db: Database, shiftId: number): Promise<ShiftPayment[]> {
  const rows = await db
    .select({
      id: finqleTransactions.id,
      amount: finqleTransactions.amount,
      status: finqleTransactions.status,
      createdAt: finqleTransactions.createdAt,
      approvedAt: finqleTransactions.approvedAt,
      paidAt: finqleTransactions.paidAt,
    })
    .from(finqleTransactions)
    .where(eq(finqleTransactions.shiftId, shiftId))
    .orderBy(asc(finqleTransactions.createdAt));
  return rows.map(({ amount, ...row }) => ({ ...row, amountEuro: Number(amount) }));
}

import { and, asc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";

import type { Database } from "../connections";
import type { Checkin } from "../rules/live/presence";
import {
  assignments,
  finqleTransactions,
  gpsCheckins,
  incidents,
  locations,
  notifications,
  securityProfessionals,
  shifts,
  users,
} from "../schema";
import type { Point } from "../schema/geography";
import { type CheckinVerdict, verdictOf } from "./checkin-verdict";

/** A check-in without its position: when, by the server's clock, and what it was stored with. */
export type ShiftCheckin = Checkin & { id: number; guardId: number; at: Date; verdict: CheckinVerdict };

/**
 * Check-ins of a shift within its time and 30 minutes around it, oldest first, without positions; at most 2,000.
 * A guard's movements elsewhere in time are nobody's business, so they are not read at all.
 * gps_checkins_shift_id_created_at_idx.
 */
export async function listShiftCheckins(db: Database, shiftId: number): Promise<ShiftCheckin[]> {
  const rows = await db
    .select({
      id: gpsCheckins.id,
      guardId: gpsCheckins.professionalId,
      at: gpsCheckins.createdAt,
      createdAt: gpsCheckins.createdAt,
      recordedAt: gpsCheckins.recordedAt,
      kind: gpsCheckins.kind,
      accuracyMeters: gpsCheckins.accuracyMeters,
      distanceMeters: sql<number>`ST_Distance(${gpsCheckins.gpsPoint}, ${locations.locationPoint})`,
      isWithinRadius: gpsCheckins.isWithinRadius,
    })
    .from(shifts)
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .innerJoin(gpsCheckins, and(eq(gpsCheckins.shiftId, shifts.id), isAroundShift()))
    .where(eq(shifts.id, shiftId))
    .orderBy(asc(gpsCheckins.createdAt), asc(gpsCheckins.id))
    .limit(mostCheckins);
  return rows.map(({ isWithinRadius, ...row }) => ({ ...row, verdict: verdictOf(isWithinRadius) }));
}

const mostCheckins = 2000;

function isAroundShift(): SQL {
  return sql`${gpsCheckins.createdAt} >= ${shifts.startDatetime} - interval '30 minutes'
    and ${gpsCheckins.createdAt} < ${shifts.endDatetime} + interval '30 minutes'`;
}

export type TrailPosition = Pick<ShiftCheckin, "id" | "guardId" | "at" | "kind" | "verdict"> & {
  /** Null when the device gave none. */
  accuracyMeters: number | null;
  point: Point;
};

/** Where the check-ins of a shift were, within its time and 30 minutes around it, oldest first; at most 2,000. */
export async function listTrail(db: Database, shiftId: number): Promise<TrailPosition[]> {
  const rows = await db
    .select({
      id: gpsCheckins.id,
      guardId: gpsCheckins.professionalId,
      at: gpsCheckins.createdAt,
      kind: gpsCheckins.kind,
      accuracyMeters: gpsCheckins.accuracyMeters,
      isWithinRadius: gpsCheckins.isWithinRadius,
      point: gpsCheckins.gpsPoint,
    })
    .from(shifts)
    .innerJoin(gpsCheckins, and(eq(gpsCheckins.shiftId, shifts.id), isAroundShift()))
    .where(eq(shifts.id, shiftId))
    .orderBy(asc(gpsCheckins.createdAt), asc(gpsCheckins.id))
    .limit(mostCheckins);
  return rows.map(({ isWithinRadius, ...row }) => ({ ...row, verdict: verdictOf(isWithinRadius) }));
}

export type ShiftAssignment = {
  guardId: number;
  guardName: string | null;
  userId: string;
  /** Null where it is not on record. */
  beganAt: Date | null;
  beganReason: string;
  /** Null while it stands; so is the reason. */
  endedAt: Date | null;
  endedReason: string | null;
};

/** Who had a shift and who has it, oldest first. assignments_shift_id_began_at_idx. */
export async function listShiftAssignments(db: Database, shiftId: number): Promise<ShiftAssignment[]> {
  return db
    .select({
      guardId: assignments.professionalId,
      guardName: users.fullName,
      userId: users.id,
      beganAt: assignments.beganAt,
      beganReason: assignments.beganReason,
      endedAt: assignments.endedAt,
      endedReason: assignments.endedReason,
    })
    .from(assignments)
    .innerJoin(securityProfessionals, eq(securityProfessionals.id, assignments.professionalId))
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(eq(assignments.shiftId, shiftId))
    .orderBy(sql`${assignments.beganAt} nulls first`, asc(assignments.id));
}

export type ShiftNotification = { type: string; toName: string; createdAt: Date; readAt: Date | null };

/** What these people were told of a shift, oldest first; at most 200. notifications_user_id_created_at_idx. */
export async function listShiftNotifications(
  db: Database,
  { shiftId, userIds, since }: { shiftId: number; userIds: readonly string[]; since: Date },
): Promise<ShiftNotification[]> {
  if (userIds.length === 0) return [];
  return db
    .select({
      type: notifications.type,
      toName: users.fullName,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .innerJoin(users, eq(users.id, notifications.userId))
    .where(
      and(
        inArray(notifications.userId, [...userIds]),
        gte(notifications.createdAt, since),
        sql`${notifications.data} ->> 'shift_id' = ${String(shiftId)}`,
      ),
    )
    .orderBy(asc(notifications.createdAt), asc(notifications.id))
    .limit(200);
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

import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { Database } from "../connections";
import { locations, organizations, securityProfessionals, shifts, users } from "../schema";
import type { Point } from "../schema/geography";
import type { ShiftStatus } from "./shift-filter";

export type ShiftDetails = {
  id: number;
  status: ShiftStatus;
  post: string;
  startAt: Date;
  endAt: Date;
  headcount: number;
  /** Euro an hour. */
  hourlyRate: number;
  /** Factor on the hourly rate. */
  overtimeRate: number;
  cancelReason: string | null;
  createdAt: Date;
  publishedAt: Date | null;
  assignedAt: Date | null;
  cancelledAt: Date | null;
  companyId: number;
  companyName: string;
  clientId: number;
  clientName: string;
  location: {
    id: number;
    name: string;
    address: string;
    city: string;
    radiusMeters: number;
    timeZone: string;
    point: Point;
  };
  /** Null while nobody has the shift. */
  guard: {
    id: number;
    fullName: string;
    phone: string | null;
    employment: "zzp" | "employee";
    hasVca: boolean;
    /** Null where there is no VCA or its end cannot be read. */
    vcaValidUntil: Date | null;
    passColour: string | null;
    passValidUntil: Date | null;
    passRestriction: string | null;
  } | null;
};

/** One shift with everyone it concerns, by primary keys. Undefined where there is none. */
export async function getShift(db: Database, shiftId: number): Promise<ShiftDetails | undefined> {
  const company = alias(organizations, "company");
  const client = alias(organizations, "client");
  const [row] = await db
    .select({
      shift: shifts,
      location: locations,
      companyName: company.name,
      clientName: client.name,
      guard: securityProfessionals,
      user: users,
    })
    .from(shifts)
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .innerJoin(company, eq(company.id, shifts.companyId))
    .innerJoin(client, eq(client.id, shifts.clientId))
    .leftJoin(securityProfessionals, eq(securityProfessionals.id, shifts.professionalId))
    .leftJoin(users, eq(users.id, securityProfessionals.userId))
    .where(eq(shifts.id, shiftId));
  if (!row) return undefined;
  const { shift, location, guard, user, companyName, clientName } = row;
  return {
    id: shift.id,
    status: shift.status,
    post: shift.post,
    startAt: shift.startDatetime,
    endAt: shift.endDatetime,
    headcount: shift.headcount,
    hourlyRate: Number(shift.hourlyRate),
    overtimeRate: Number(shift.overtimeRate),
    cancelReason: shift.cancelReason,
    createdAt: shift.createdAt,
    publishedAt: shift.publishedAt,
    assignedAt: shift.assignedAt,
    cancelledAt: shift.cancelledAt,
    companyId: shift.companyId,
    companyName,
    clientId: shift.clientId,
    clientName,
    location: {
      id: location.id,
      name: location.name,
      address: location.address,
      city: location.city,
      radiusMeters: location.radiusMeters,
      timeZone: location.timeZone,
      point: location.locationPoint,
    },
    guard:
      guard && user
        ? {
            id: guard.id,
            fullName: user.fullName,
            phone: user.phone,
            employment: guard.employment,
            hasVca: guard.vcaCertificate !== null,
            vcaValidUntil: guard.vcaValidUntil,
            passColour: guard.guardPassColour,
            passValidUntil: guard.guardPassValidUntil,
            passRestriction: guard.guardPassRestriction,
          }
        : null,
  };
}

import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";

import type { ConsoleDatabase } from "../connections";
import { sessions, staff } from "../console/schema";
import { getStaffByEmail, type StaffMember } from "../console/staff";
import { OperationRefusal } from "../operation";

export const accountInput = z.object({ email: z.string().trim().toLowerCase().max(254).pipe(z.email()) });
export const accountFields = [
  { name: "email", label: "Email", hint: "Of the account, as the page of the staff has it." },
];

/** Throws OperationRefusal where there is no such account. */
export async function findAccount(db: ConsoleDatabase, email: string): Promise<StaffMember> {
  const member = await getStaffByEmail(db, email);
  if (!member) throw new OperationRefusal(`There is no account ${email}.`);
  return member;
}

/** Sessions of an account that were neither ended nor ran out. */
export function countSessions(db: Pick<ConsoleDatabase, "$count">, staffId: string): Promise<number> {
  const isLiving = and(eq(sessions.staffId, staffId), isNull(sessions.revokedAt), gt(sessions.expiresAt, new Date()));
  return db.$count(sessions, isLiving);
}

/** Admins who may sign in. */
export function countAdmins(db: Pick<ConsoleDatabase, "$count">): Promise<number> {
  return db.$count(staff, and(eq(staff.role, "admin"), isNull(staff.disabledAt)));
}

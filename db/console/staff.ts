import { asc, eq, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { staff } from "./schema";

export type StaffMember = typeof staff.$inferSelect;
export type StaffRole = StaffMember["role"];

/** An account could not be made or changed. The message says which, and why. */
export class StaffError extends Error {}

/** `email` in any case. Undefined where there is no such account; a disabled one is returned. */
export async function getStaffByEmail(db: ConsoleDatabase, email: string): Promise<StaffMember | undefined> {
  const [member] = await db.select().from(staff).where(eq(staff.email, email.toLowerCase()));
  return member;
}

/** Undefined where there is no such account; a disabled one is returned. */
export async function getStaff(db: ConsoleDatabase, staffId: string): Promise<StaffMember | undefined> {
  const [member] = await db.select().from(staff).where(eq(staff.id, staffId));
  return member;
}

/** Every account, by email. */
export async function listStaff(db: ConsoleDatabase): Promise<StaffMember[]> {
  return db.select().from(staff).orderBy(asc(staff.email));
}

/** Throws StaffError where the email is taken. */
export async function addStaff(
  db: ConsoleDatabase,
  account: { email: string; fullName: string; role: StaffRole; passwordHash: string },
): Promise<StaffMember> {
  const email = account.email.toLowerCase();
  const [member] = await db
    .insert(staff)
    .values({ ...account, email })
    .onConflictDoNothing({ target: staff.email })
    .returning();
  if (!member) throw new StaffError(`${email} was not added: there is an account with this email.`);
  return member;
}

export async function changePasswordHash(
  db: Pick<ConsoleDatabase, "update">,
  { staffId, passwordHash }: { staffId: string; passwordHash: string },
): Promise<void> {
  await db.update(staff).set({ passwordHash }).where(eq(staff.id, staffId));
}

export async function changeRole(
  db: ConsoleDatabase,
  { staffId, role }: { staffId: string; role: StaffRole },
): Promise<void> {
  await db.update(staff).set({ role }).where(eq(staff.id, staffId));
}

/** Keeps the instant of the first time where the account is disabled already. */
export async function disableStaff(
  db: Pick<ConsoleDatabase, "update">,
  { staffId, asOf }: { staffId: string; asOf: Date },
): Promise<void> {
  await db
    .update(staff)
    .set({ disabledAt: sql`coalesce(${staff.disabledAt}, ${asOf.toISOString()}::timestamptz)` })
    .where(eq(staff.id, staffId));
}

export async function enableStaff(
  db: Pick<ConsoleDatabase, "update">,
  { staffId }: { staffId: string },
): Promise<void> {
  await db.update(staff).set({ disabledAt: null }).where(eq(staff.id, staffId));
}

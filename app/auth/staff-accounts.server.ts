import { userInfo } from "node:os";

import type { ConsoleDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { revokeSessions } from "../../db/console/sessions";
import {
  addStaff,
  changePasswordHash,
  changeRole,
  getStaffByEmail,
  StaffError,
  type StaffMember,
} from "../../db/console/staff";
import { hashPassword } from "./password-hash.server";
import { judgePassword } from "./password-rules.server";
import type { Role } from "./permissions";

type Account = { email: string; fullName: string; role: Role };

/** Adds an account. Throws StaffError where the email is taken or the password may not be chosen. */
export async function addAccount(db: ConsoleDatabase, account: Account, password: string): Promise<StaffMember> {
  const passwordHash = await hashChosen(account, password);
  const member = await addStaff(db, { ...account, passwordHash });
  await record(db, "staff.add", member, { role: member.role });
  return member;
}

/** Sets a password and ends every session of the account. Throws StaffError where the password may not be chosen. */
export async function resetPassword(db: ConsoleDatabase, email: string, password: string): Promise<number> {
  const member = await requireAccount(db, email);
  const passwordHash = await hashChosen(member, password);
  const ended = await db.transaction(async (transaction) => {
    await changePasswordHash(transaction, { staffId: member.id, passwordHash });
    return revokeSessions(transaction, { staffId: member.id, asOf: new Date() });
  });
  await record(db, "staff.reset-password", member, { endedSessions: ended.length });
  return ended.length;
}

/** Holds from the next request on. Throws StaffError without such an account. */
export async function changeAccountRole(db: ConsoleDatabase, email: string, role: Role): Promise<void> {
  const member = await requireAccount(db, email);
  await changeRole(db, { staffId: member.id, role });
  await record(db, "staff.change-role", member, { from: member.role, to: role });
}

/** Throws StaffError without such an account. */
export async function requireAccount(db: ConsoleDatabase, email: string): Promise<StaffMember> {
  const member = await getStaffByEmail(db, email);
  if (!member) throw new StaffError(`There is no account ${email}. See npm run staff -- list.`);
  return member;
}

function hashChosen(account: { email: string; fullName: string }, password: string): Promise<string> {
  const objection = judgePassword(password, account);
  if (objection) throw new StaffError(`The password was not taken. ${objection}`);
  return hashPassword(password);
}

/** Nobody is signed in at the command line; who ran it stands in the details. */
async function record(db: ConsoleDatabase, action: string, member: StaffMember, details = {}): Promise<void> {
  const by = userInfo().username;
  const target = `staff:${member.id}`;
  await recordAuditEvent(db, { action, target, outcome: "done", details: { ...details, commandLineUser: by } });
}

import { data, redirect } from "@remix-run/node";
import { z } from "zod";

import { consoleDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { listSessions, revokeSessions, type Session } from "../../db/console/sessions";
import { changePasswordHash, getStaff } from "../../db/console/staff";
import { endStreamsOf } from "../http/open-streams.server";
import { readForm } from "../http/read-form.server";
import { currentRequest } from "../http/request-context.server";
import { checkPassword } from "./check-password.server";
import { hashPassword } from "./password-hash.server";
import { passwordLength } from "./password-length";
import { judgePassword } from "./password-rules.server";
import { sessionLimits } from "./session-limits";
import { endSessions, startSession } from "./sessions.server";
import type { SignedIn } from "./signed-in";

export type SessionRow = Pick<
  Session,
  "id" | "staffId" | "createdAt" | "lastSeenAt" | "expiresAt" | "address" | "userAgent"
> & { isThis: boolean };

/** Why a change of the account was refused; the field it belongs to, or null for the whole form. */
export type AccountRefusal = { field: "currentPassword" | "newPassword" | null; message: string };

/** Living sessions of an account, or of all, the one seen last first. */
export async function listSessionRows({ session }: SignedIn, staffId?: string, asOf = new Date()) {
  const { idleSeconds } = sessionLimits;
  const living = await listSessions(consoleDatabase(), { staffId, asOf, idleSeconds });
  return living.map(({ revokedAt: _, ...row }) => ({ ...row, isThis: row.id === session.id }));
}

const accountChange = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("revoke-session"), sessionId: z.uuid() }),
  z.object({ intent: z.literal("revoke-others") }),
  z.object({ intent: z.literal("change-password"), currentPassword: z.string(), newPassword: z.string() }),
]);

/** Ends sessions of one's own or changes the password. Leads back to the account, or says with 422 or 429 why not. */
export async function changeAccount(request: Request, signedIn: SignedIn) {
  const parsed = accountChange.safeParse(Object.fromEntries(await readForm(request)));
  if (!parsed.success) return refuse(null, "Nothing was changed: the form was incomplete. Load the page again.");
  const change = parsed.data;
  const staffId = signedIn.staff.id;
  if (change.intent === "change-password") return changePassword(request, signedIn, change);
  const which = change.intent === "revoke-session" ? { only: change.sessionId } : { except: signedIn.session.id };
  const count = await endSessions({ by: signedIn, staffId, ...which });
  return redirect(`/account?ended=${count}`);
}

async function changePassword(
  request: Request,
  { staff }: SignedIn,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
) {
  const db = consoleDatabase();
  const asOf = new Date();
  const objection = judgePassword(newPassword, staff);
  if (objection) return refuse("newPassword", objection);
  if (newPassword === currentPassword) return refuse("newPassword", "This is the password that you have already.");
  if ([...currentPassword].length > passwordLength.most) return refuse("currentPassword", "The password is wrong.");
  const member = await getStaff(db, staff.id);
  const check = await checkPassword({ email: staff.email, member, password: currentPassword, asOf });
  if (check.verdict !== "right") {
    await recordPasswordChange(staff.id, "refused", "The present password was not given.");
    if (check.verdict === "wrong") return refuse("currentPassword", "The password is wrong.");
    const seconds = check.verdict === "wait" ? check.waitSeconds : 2;
    currentRequest()?.setHeader("Retry-After", String(seconds));
    return refuse("currentPassword", `There were too many wrong tries. Wait ${seconds} s, then try again.`, 429);
  }
  const passwordHash = await hashPassword(newPassword);
  const ended = await db.transaction(async (transaction) => {
    await changePasswordHash(transaction, { staffId: staff.id, passwordHash });
    return revokeSessions(transaction, { staffId: staff.id, asOf });
  });
  endStreamsOf(ended);
  await recordPasswordChange(staff.id, "done");
  const cookie = await startSession(request, staff.id);
  return redirect("/account?changed=password", { headers: { "Set-Cookie": cookie } });
}

async function recordPasswordChange(staffId: string, outcome: "done" | "refused", reason?: string): Promise<void> {
  await recordAuditEvent(consoleDatabase(), {
    staffId,
    action: "staff.change-password",
    target: `staff:${staffId}`,
    outcome,
    reason,
    requestId: currentRequest()?.requestId,
  });
}

function refuse(field: AccountRefusal["field"], message: string, status = 422) {
  const refusal: AccountRefusal = { field, message };
  return data(refusal, { status });
}

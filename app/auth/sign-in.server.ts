import { data, redirect } from "@remix-run/node";
import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { z } from "zod";

import { consoleDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { getStaffByEmail, type StaffMember } from "../../db/console/staff";
import { readForm } from "../http/read-form.server";
import { currentRequest } from "../http/request-context.server";
import { checkPassword, type PasswordCheck } from "./check-password.server";
import { passwordLength } from "./password-length";
import { pageAfterSignIn } from "./require.server";
import { endSession, startSession } from "./sessions.server";

/** Why somebody was not signed in: the same words whether the account exists or not. */
export type SignInRefusal = { message: string; email: string; status: number; retryAfterSeconds: number | null };

class SignInRefused extends Error {
  constructor(readonly refusal: SignInRefusal) {
    super(refusal.message);
  }
}

const fields = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(passwordLength.most),
});

const authenticator = new Authenticator<StaffMember>();
authenticator.use(new FormStrategy(({ form }) => verifyStaff(form)), "password");

/** Opens a session and leads to the page that was asked for; or says why not, with 422, 429 or 503. */
export async function signIn(request: Request) {
  await readForm(request.clone());
  try {
    const member = await authenticator.authenticate("password", request);
    const cookie = await startSession(request, member.id);
    return redirect(pageAfterSignIn(request, member.role), { headers: { "Set-Cookie": cookie } });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const { status, retryAfterSeconds } = error.refusal;
    const headers: Record<string, string> = retryAfterSeconds ? { "Retry-After": String(retryAfterSeconds) } : {};
    for (const [name, value] of Object.entries(headers)) currentRequest()?.setHeader(name, value);
    return data(error.refusal, { status, headers });
  }
}

/** Ends the session of the browser, where there is one, and leads to the sign-in page. */
export async function signOut(request: Request) {
  return redirect("/sign-in", { headers: { "Set-Cookie": await endSession(request) } });
}

async function verifyStaff(form: FormData): Promise<StaffMember> {
  const typed = typeof form.get("email") === "string" ? String(form.get("email")).slice(0, 254) : "";
  const parsed = fields.safeParse(Object.fromEntries(form));
  if (!parsed.success) throw refused(typed, 422, "Enter your email address and your password.");
  const { email, password } = parsed.data;
  const member = await getStaffByEmail(consoleDatabase(), email);
  const check = await checkPassword({ email, member, password });
  if (check.verdict === "right") return check.member;
  await recordRefusal(check, member);
  if (check.verdict === "wrong") throw refused(typed, 422, "The email address or the password is wrong.");
  const seconds = check.verdict === "wait" ? check.waitSeconds : 2;
  throw refused(
    typed,
    check.verdict === "wait" ? 429 : 503,
    check.verdict === "wait"
      ? `There were too many wrong tries. Wait ${seconds} s, then try again; until then no password is checked.`
      : "Many people sign in at this moment. Try again in a few seconds.",
    seconds,
  );
}

function refused(email: string, status: number, message: string, retryAfterSeconds: number | null = null) {
  return new SignInRefused({ email, status, message, retryAfterSeconds });
}

/** A refusal by the limits stands in the trail once a minute, so that an attack cannot flood it. */
async function recordRefusal(check: PasswordCheck, member: StaffMember | undefined): Promise<void> {
  if (check.verdict === "busy" || (check.verdict === "wait" && !check.isFirstRefusal)) return;
  const cause = member ? (member.disabledAt ? "The account is disabled." : "Wrong password.") : "No such account.";
  await recordAuditEvent(consoleDatabase(), {
    action: "session.open",
    target: member ? `staff:${member.id}` : null,
    outcome: "refused",
    reason: check.verdict === "wait" ? "Too many wrong tries." : cause,
    details: { address: currentRequest()?.address },
    requestId: currentRequest()?.requestId,
  });
}

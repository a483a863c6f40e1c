import { data, redirect } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { safeRedirectTarget } from "../http/redirect-target";
import { currentRequest } from "../http/request-context.server";
import { firstPages, isPermitted, type Permission } from "./permissions";
import { readSignedIn } from "./sessions.server";
import type { SignedIn } from "./signed-in";

export type { SignedIn } from "./signed-in";

/**
 * Who is signed in; undefined for nobody. Asks the database once a request, however many loaders ask: they run at the
 * same time.
 */
export function getSignedIn(request: Request): Promise<SignedIn | undefined> {
  const context = currentRequest();
  if (!context) return readSignedIn(request);
  context.signedIn ??= readSignedIn(request);
  return context.signedIn;
}

/**
 * The guard of each loader and action. Throws a redirect to the sign-in page, which leads back here, where nobody is
 * signed in; a 403 with a sentence, on record, where the role may not.
 */
export async function requirePermission(request: Request, permission: Permission): Promise<SignedIn> {
  const signedIn = await getSignedIn(request);
  if (!signedIn) throw redirect(signInPath(request));
  const { staff } = signedIn;
  if (isPermitted(staff.role, permission)) return signedIn;
  await recordAuditEvent(consoleDatabase(), {
    staffId: staff.id,
    action: "permission.require",
    target: permission,
    outcome: "refused",
    reason: `The role ${staff.role} does not have ${permission}.`,
    details: { method: request.method, path: new URL(request.url).pathname },
    requestId: currentRequest()?.requestId ?? null,
  });
  const title = "This is not open to your role";
  const message = `The role ${staff.role} may not do this; the attempt is on record. If you need it, ask an admin.`;
  throw data({ title, message, requestId: currentRequest()?.requestId }, { status: 403 });
}

/** Leads whoever is signed in already to where they wanted to go, or to the first page of their role. */
export async function requireSignedOut(request: Request): Promise<void> {
  const signedIn = await getSignedIn(request);
  if (signedIn) throw redirect(pageAfterSignIn(request, signedIn.staff.role));
}

/** Says that a door is meant to be open. */
export function allowEveryone(_request: Request): void {}

/** The `to` of the address where it is a path of the console, else the first page of the role. */
export function pageAfterSignIn(request: Request, role: SignedIn["staff"]["role"]): string {
  return safeRedirectTarget(new URL(request.url).searchParams.get("to")) ?? firstPages[role];
}

function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  const target = safeRedirectTarget(`${pathname}${search}`);
  return target && target !== "/" ? `/sign-in?to=${encodeURIComponent(target)}` : "/sign-in";
}

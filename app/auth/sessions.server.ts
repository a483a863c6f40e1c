import { createHash, randomBytes } from "node:crypto";

import { consoleDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import { getSession, openSession, revokeSessions, touchSessions } from "../../db/console/sessions";
import { endStreamsOf } from "../http/open-streams.server";
import { currentRequest } from "../http/request-context.server";
import { clearSessionCookie, readSessionToken, writeSessionCookie } from "./session-cookie";
import { sessionLimits } from "./session-limits";
import type { SignedIn } from "./signed-in";

/** Whose living session the cookie of a request names; undefined for nobody. */
export async function readSignedIn(request: Request, asOf = new Date()): Promise<SignedIn | undefined> {
  const token = readSessionToken(request.headers.get("cookie"), isSecure(request));
  if (!token) return undefined;
  const db = consoleDatabase();
  const { idleSeconds, touchSeconds } = sessionLimits;
  const found = await getSession(db, { tokenHash: hashToken(token), asOf, idleSeconds });
  if (!found) return undefined;
  const { session, staff } = found;
  if (asOf.getTime() - session.lastSeenAt.getTime() > touchSeconds * 1000) {
    await touchSessions(db, { sessionIds: [session.id], asOf, everySeconds: touchSeconds });
  }
  const context = currentRequest();
  if (context) context.staffId = staff.id;
  return {
    staff: { id: staff.id, email: staff.email, fullName: staff.fullName, role: staff.role },
    session: { id: session.id, createdAt: session.createdAt, expiresAt: session.expiresAt },
  };
}

/**
 * Opens a session with a token that nobody has seen and ends the one that the browser brought. Returns the Set-Cookie
 * header. An id that was planted in the browser is never taken over.
 */
export async function startSession(request: Request, staffId: string, asOf = new Date()): Promise<string> {
  const db = consoleDatabase();
  const token = randomBytes(32).toString("base64url");
  const brought = await readSignedIn(request, asOf);
  const sessionId = await db.transaction(async (transaction) => {
    if (brought) await revokeSessions(transaction, { staffId: brought.staff.id, only: brought.session.id, asOf });
    return openSession(transaction, {
      tokenHash: hashToken(token),
      staffId,
      asOf,
      expiresAt: new Date(asOf.getTime() + sessionLimits.absoluteSeconds * 1000),
      address: currentRequest()?.address || null,
      userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? null,
    });
  });
  if (brought) endStreamsOf([brought.session.id]);
  const requestId = currentRequest()?.requestId;
  await recordAuditEvent(db, {
    staffId,
    action: "session.open",
    target: `session:${sessionId}`,
    outcome: "done",
    requestId,
  });
  return writeSessionCookie(token, isSecure(request));
}

/** Ends the session of a request, where it has one. Returns the Set-Cookie header that removes the cookie. */
export async function endSession(request: Request, asOf = new Date()): Promise<string> {
  const signedIn = await readSignedIn(request, asOf);
  if (signedIn) {
    await endSessions({
      by: signedIn,
      staffId: signedIn.staff.id,
      only: signedIn.session.id,
      asOf,
      action: "session.close",
    });
  }
  return clearSessionCookie(isSecure(request));
}

/** Ends sessions and their streams on this instance at once; other instances notice within 2 s. Returns how many. */
export async function endSessions({
  by,
  action = "session.revoke",
  asOf = new Date(),
  ...which
}: {
  by: SignedIn;
  staffId: string;
  only?: string;
  except?: string;
  action?: "session.close" | "session.revoke";
  asOf?: Date;
}): Promise<number> {
  const db = consoleDatabase();
  const ended = await db.transaction(async (transaction) => {
    const sessionIds = await revokeSessions(transaction, { ...which, asOf });
    await recordAuditEvent(transaction, {
      staffId: by.staff.id,
      action,
      target: `staff:${which.staffId}`,
      outcome: "done",
      details: { sessionIds },
      requestId: currentRequest()?.requestId,
    });
    return sessionIds;
  });
  endStreamsOf(ended);
  return ended.length;
}

function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

function isSecure(request: Request): boolean {
  return currentRequest()?.isSecure ?? request.url.startsWith("https:");
}

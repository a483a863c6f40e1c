import { currentRequest } from "../http/request-context.server";
import { readSessionToken } from "./session-cookie";
import { readSignedIn } from "./sessions.server";
import type { SignedIn } from "./signed-in";

/** A session that is revoked elsewhere opens nothing more than 2 s later; half of that is spent here. */
const keepMs = 1_000;
const mostKept = 2_000;

type Kept = { askedAt: number; signedIn: Promise<SignedIn | undefined> };

const recent = new Map<string, Kept>();

/**
 * Who is signed in, asked of the database once a second for each session: a map asks for dozens of tiles at once.
 * Undefined for nobody.
 */
export async function getRecentlySignedIn(request: Request): Promise<SignedIn | undefined> {
  const context = currentRequest();
  const token = readSessionToken(request.headers.get("cookie"), context?.isSecure ?? false);
  if (!context || !token) return readSignedIn(request);
  const now = performance.now();
  let kept = recent.get(token);
  if (!kept || now - kept.askedAt > keepMs) {
    forgetOld(now);
    kept = { askedAt: now, signedIn: readSignedIn(request) };
    recent.delete(token);
    recent.set(token, kept);
    kept.signedIn.catch(() => recent.delete(token));
  }
  const signedIn = await kept.signedIn;
  if (signedIn) context.staffId = signedIn.staff.id;
  return signedIn;
}

function forgetOld(now: number): void {
  for (const [token, { askedAt }] of recent) {
    if (now - askedAt <= keepMs && recent.size < mostKept) break;
    recent.delete(token);
  }
}

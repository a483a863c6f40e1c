import { sessionLimits } from "./session-limits";

/** `__Host-` binds the cookie to https, this host and the root path; plain http on loopback cannot carry it. */
function cookieName(isSecure: boolean): string {
  return isSecure ? "__Host-session" : "session";
}

/** The token of the session; undefined where the cookie is absent or is not one of ours. */
export function readSessionToken(cookieHeader: string | null, isSecure: boolean): string | undefined {
  const prefix = `${cookieName(isSecure)}=`;
  const cookie = cookieHeader
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix));
  const token = cookie?.slice(prefix.length);
  return token && /^[\w-]{43}$/.test(token) ? token : undefined;
}

export function writeSessionCookie(token: string, isSecure: boolean): string {
  return serialize(token, sessionLimits.absoluteSeconds, isSecure);
}

export function clearSessionCookie(isSecure: boolean): string {
  return serialize("", 0, isSecure);
}

function serialize(value: string, maxAgeSeconds: number, isSecure: boolean): string {
  const secure = isSecure ? "; Secure" : "";
  return `${cookieName(isSecure)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

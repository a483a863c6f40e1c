const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "53300", // too_many_connections
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
  "3D000", // invalid_catalog_name: the database is being restored
]);
const slow = new Set(["57014", "55P03"]);

/** A database did not answer in the time that a page may wait. */
export class DatabaseSilent extends Error {}

/**
 * Why a query failed where the database and not the query is the reason: it cannot be reached, or it took longer than
 * the statement or lock timeout of the login. Undefined for every other failure.
 */
export function outageOf(error: unknown): "unreachable" | "slow" | undefined {
  let cause = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if (cause instanceof DatabaseSilent) return "unreachable";
    const code = "code" in cause ? String(cause.code) : "";
    if (unreachable.has(code) || /^08/.test(code) || isClosedForConnections(cause)) return "unreachable";
    if (slow.has(code)) return "slow";
    cause = cause.cause;
  }
  return undefined;
}

/** ALLOW_CONNECTIONS is off, as during a restore. Its SQLSTATE has other uses, the routine has not. */
function isClosedForConnections(error: Error): boolean {
  return "routine" in error && error.routine === "CheckMyDatabase";
}

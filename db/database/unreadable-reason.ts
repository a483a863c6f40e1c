import postgres from "postgres";

const reasons: Record<string, string> = {
  "42501": "Not permitted for the login that reads.",
  "42P01": "A table or view is not there.",
  "42703": "A column is not there.",
  "42883": "A function is not there.",
  "55P03": "A lock was not free in time.",
  "57014": "Timed out.",
  "53300": "The server has no connection left.",
  "28P01": "The server refused the password.",
  "28000": "The server refused the login.",
  "3D000": "There is no such database.",
  "57P03": "The server is starting or stopping.",
  "57P01": "The server closed the connection.",
  ECONNREFUSED: "The server refuses connections.",
  ENOTFOUND: "The server's name is unknown.",
  ETIMEDOUT: "The server did not answer in time.",
  CONNECT_TIMEOUT: "The server did not answer in time.",
  CONNECTION_CLOSED: "The server closed the connection.",
  CONNECTION_ENDED: "The connection was closed.",
};

/** Why something could not be read, one sentence without SQL, addresses or secrets. */
export function unreadableReason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  if (typeof code !== "string") return "It could not be read.";
  const kind = cause instanceof postgres.PostgresError ? "SQLSTATE " : "";
  return reasons[code] ?? `It could not be read (${kind}${code}).`;
}

import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

import { openClient } from "../connections";
import { type Environment, type Login, loginUrl } from "../environment";

const servingLogins = {
  owner: ["console_read", "console_ops", "console_admin"],
  console_owner: ["console_app"],
} as const satisfies Partial<Record<Login, readonly Login[]>>;

/**
 * Lets the serving roles of one database log in with the passwords that `loginUrl` derives. A role with an address
 * of its own in the environment is left alone. Only a SCRAM verifier is sent, so no log of the server holds a password.
 * Needs CREATEROLE.
 */
export async function grantLogins(environment: Environment, owner: "owner" | "console_owner"): Promise<void> {
  const sql = openClient(loginUrl(environment, owner), { max: 1, applicationName: "securyflex-console logins" });
  try {
    for (const login of servingLogins[owner]) {
      const { username, password } = new URL(loginUrl(environment, login));
      if (username !== login) continue;
      await sql.unsafe(`alter role ${login} login password '${scramVerifier(password)}'`);
    }
  } finally {
    await sql.end();
  }
}

/** What PostgreSQL stores for a SCRAM-SHA-256 password (RFC 5802, 4,096 rounds). The password is ASCII. */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const rounds = 4096;
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest("base64");
  const serverKey = hmac(salted, "Server Key").toString("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

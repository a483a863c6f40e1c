import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import postgres from "postgres";

import { openClient, type Sql } from "../connections";
import { type Environment, type Login, loginUrl } from "../environment";
import { MigrationError } from "./migration-error";

const servingLogins = {
  owner: ["console_read", "console_ops", "console_admin"],
  console_owner: ["console_app"],
} as const satisfies Partial<Record<Login, readonly Login[]>>;

/**
 * Lets the serving roles of one database log in with the passwords that `loginUrl` derives. A role with an address
 * of its own in the environment is left alone. Only a SCRAM verifier is sent, so no log of the server holds a password.
 * Needs CREATEROLE; throws MigrationError without it.
 */
export async function grantLogins(environment: Environment, owner: "owner" | "console_owner"): Promise<void> {
  const sql = openClient(loginUrl(environment, owner), { max: 1, applicationName: "securyflex-console logins" });
  try {
    for (const login of servingLogins[owner]) {
      const { username, password } = new URL(loginUrl(environment, login));
      if (username !== login) continue;
      await alterSharedRole(sql, `alter role ${login} login password '${scramVerifier(password)}'`);
    }
  } finally {
    await sql.end();
  }
}

/** Roles belong to the whole server: another database's migrator may alter the same one at the same moment. */
async function alterSharedRole(sql: Sql, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await sql.unsafe(statement);
      return;
    } catch (error) {
      if (error instanceof postgres.PostgresError && error.code === "42501") {
        throw new MigrationError(
          "The console's roles got no passwords: the owner of the database may not alter them. Give it CREATEROLE and the roles with ADMIN OPTION, or name a login of each with DATABASE_READ_URL, DATABASE_OPS_URL, DATABASE_ADMIN_URL and CONSOLE_APP_URL.",
          { cause: error },
        );
      }
      if (attempt === 10 || !(error instanceof postgres.PostgresError && isSharedTuple(error))) throw error;
      await sleep(20 * attempt * (0.5 + Math.random()));
    }
  }
}

/** PostgreSQL has no code of its own for two sessions that alter one role or grant it at once. */
export function isSharedTuple(error: postgres.PostgresError): boolean {
  return error.code === "XX000" && error.message.startsWith("tuple concurrently");
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

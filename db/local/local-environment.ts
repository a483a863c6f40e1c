import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openClient } from "../connections";
import { type Environment, localDirectory, localEnvironmentFile } from "../environment";

const databaseName = "securyflex";

/**
 * The settings of the local demonstration on the server at `serverUrl`, written to `.local/environment.json` for every
 * command of this folder. The secret is made once. Creates the SecuryFlex database where it is missing.
 */
export async function writeLocalEnvironment(serverUrl: string): Promise<Environment> {
  await createDatabase(serverUrl);
  const url = new URL(serverUrl);
  url.pathname = `/${databaseName}`;
  const known: Environment = existsSync(localEnvironmentFile)
    ? JSON.parse(readFileSync(localEnvironmentFile, "utf8"))
    : {};
  const environment = {
    DATABASE_URL: url.href,
    CONSOLE_SECRET: known.CONSOLE_SECRET ?? randomBytes(32).toString("hex"),
  };
  writePrivately(localEnvironmentFile, `${JSON.stringify(environment, null, 2)}\n`);
  return environment;
}

/** A word that is made once for this folder and kept from other people of the machine. */
export function keepSecret(name: string, make: () => string): string {
  const file = join(localDirectory, name);
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const secret = make();
  writePrivately(file, `${secret}\n`);
  return secret;
}

/** Complete or not at all, readable by its owner alone. */
export function writePrivately(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

async function createDatabase(serverUrl: string): Promise<void> {
  const sql = openClient(serverUrl, { max: 1, applicationName: "securyflex-console start" });
  try {
    const [found] = await sql`select from pg_database where datname = ${databaseName}`;
    if (!found) await sql`create database ${sql(databaseName)}`;
  } finally {
    await sql.end();
  }
}

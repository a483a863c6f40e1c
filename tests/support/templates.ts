import { openClient, type Sql } from "../../db/connections";
import type { Environment } from "../../db/environment";
import { prepareDatabases } from "../../db/migrations/prepare";

/** Passwords of the serving logins derive from it; roles belong to the whole server, so all tests share one. */
export const testSecret = "a secret of the tests alone, forty characters";

/** TEST_TEMPLATE_PREFIX keeps two runs on one server apart. */
const prefix = process.env.TEST_TEMPLATE_PREFIX ?? "test_";
if (!/^[a-z][a-z0-9_]*$/.test(prefix)) throw new Error("TEST_TEMPLATE_PREFIX takes lower case letters, digits and _.");
export const templateNames = {
  securyflex: `${prefix}template_securyflex`,
  console: `${prefix}template_console`,
};

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function onServer<Result>(serverUrl: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const sql = openClient(databaseUrl(serverUrl, "postgres"), { max: 1, applicationName: "tests" });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

export async function prepareTemplates(serverUrl: string): Promise<{ drop: () => Promise<void> }> {
  const drop = () =>
    onServer(serverUrl, async (sql) => {
      for (const name of Object.values(templateNames)) await sql.unsafe(`drop database if exists ${name} with (force)`);
    });
  await drop();
  await onServer(serverUrl, (sql) => sql.unsafe(`create database ${templateNames.securyflex}`));
  await prepareDatabases(environmentOf(serverUrl, templateNames.securyflex, templateNames.console));
  return { drop };
}

export function environmentOf(serverUrl: string, securyflex: string, consoleName: string): Environment {
  return {
    DATABASE_URL: databaseUrl(serverUrl, securyflex),
    CONSOLE_DATABASE_URL: databaseUrl(serverUrl, consoleName),
    CONSOLE_SECRET: testSecret,
  };
}

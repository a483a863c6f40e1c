import { randomBytes } from "node:crypto";

import { inject } from "vitest";

import type { Environment } from "../../db/environment";
import { databaseUrl, environmentOf, onServer, templateNames } from "./templates";

export type TestDatabases = { environment: Environment; drop: () => Promise<void> };

/**
 * Both databases, migrated and empty, for one test file. Set `process.env` from `environment` before anything asks
 * db/connections for a pool.
 */
export async function cloneDatabases(): Promise<TestDatabases> {
  const serverUrl = inject("serverUrl");
  const suffix = randomBytes(5).toString("hex");
  const names = { securyflex: `test_${suffix}_securyflex`, console: `test_${suffix}_console` };
  await onServer(serverUrl, async (sql) => {
    for (const kind of ["securyflex", "console"] as const) {
      await sql.unsafe(`create database ${names[kind]} template ${templateNames[kind]}`);
    }
  });
  return {
    environment: environmentOf(serverUrl, names.securyflex, names.console),
    drop: () =>
      onServer(serverUrl, async (sql) => {
        for (const name of Object.values(names)) await sql.unsafe(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** An empty database without any migration. */
export async function createEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const serverUrl = inject("serverUrl");
  const name = `test_${randomBytes(5).toString("hex")}`;
  await onServer(serverUrl, (sql) => sql.unsafe(`create database ${name}`));
  return {
    url: databaseUrl(serverUrl, name),
    drop: () =>
      onServer(serverUrl, async (sql) => {
        await sql.unsafe(`drop database if exists ${name} with (force)`);
      }),
  };
}

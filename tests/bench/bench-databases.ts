import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../../db/connections";
import type { Environment } from "../../db/environment";
import { countCheckins } from "../../db/live/tiles/count-checkins";
import { isSeeded, seedSecuryflex } from "../../db/local/seed/seed";
import { prepareDatabases } from "../../db/migrations/prepare";
import * as schema from "../../db/schema";
import type { TestDatabases } from "../support/databases";
import { databaseUrl, environmentOf, onServer } from "../support/templates";

export type BenchSize = "medium" | "large";

/**
 * `tiles_medium` (a million check-ins) or `tiles_large` (ten million) of a server, migrated, filled where they are
 * empty and counted for the map unless told not to, with a console's database that goes with `drop`; the day itself stays.
 */
export async function openBenchDatabases(
  serverUrl: string,
  size: BenchSize,
  { isCounted = true }: { isCounted?: boolean } = {},
): Promise<TestDatabases> {
  const names = { securyflex: `tiles_${size}`, console: `tiles_${size}_bench` };
  await onServer(serverUrl, async (sql) => {
    const found = await sql`select from pg_database where datname = ${names.securyflex}`;
    if (found.length === 0) await sql`create database ${sql(names.securyflex)}`;
    await sql`drop database if exists ${sql(names.console)} with (force)`;
  });
  const environment: Environment = environmentOf(serverUrl, names.securyflex, names.console);
  await prepareDatabases(environment);
  const url = environment.DATABASE_URL as string;
  if (!(await isSeeded(url))) await seedSecuryflex(url, { size, seed: 1, asOf: new Date() });
  if (isCounted) {
    const client = openClient(url, { max: 1, applicationName: "bench" });
    await countCheckins(drizzle(client, { schema }), { asOf: new Date() });
    await client.end();
  }
  return {
    environment,
    drop: () =>
      onServer(serverUrl, async (sql) => {
        await sql`drop database if exists ${sql(names.console)} with (force)`;
      }),
  };
}

export function urlOf(serverUrl: string, size: BenchSize): string {
  return databaseUrl(serverUrl, `tiles_${size}`);
}

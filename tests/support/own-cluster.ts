import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { localDirectory } from "../../db/environment";
import type { DatabaseServer } from "../../db/local/cluster";
import { removeCluster, startCluster } from "../../db/local/cluster";
import { prepareDatabases } from "../../db/migrations/prepare";
import type { TestDatabases } from "./databases";
import { environmentOf, onServer } from "./templates";

export type OwnCluster = {
  databases: TestDatabases;
  stop: () => Promise<void>;
  /** As a power cut: what was not written is lost, and what it holds is recovered at the next start. */
  crash: () => void;
  start: () => Promise<void>;
};

/**
 * A PostgreSQL that one test stops and starts, with migrated, empty databases. What is committed outlives a crash only
 * where it is durable. Goes with `databases.drop`.
 */
export async function openOwnCluster({ isDurable = false } = {}): Promise<OwnCluster> {
  const parent = join(localDirectory, "test");
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, `${process.pid}-`));
  let server: DatabaseServer | undefined;
  const start = async () => {
    server = await startCluster({ directory, isDurable });
    if (!server) throw new Error("The machine has no PostgreSQL with PostGIS.");
  };
  const stop = async () => {
    await server?.stop();
    server = undefined;
  };
  await start();
  const url = (server as unknown as DatabaseServer).url;
  await onServer(url, (sql) => sql`create database securyflex`);
  const environment = environmentOf(url, "securyflex", "securyflex_console");
  await prepareDatabases(environment);
  return {
    databases: {
      environment,
      drop: async () => {
        await stop();
        removeCluster(directory);
      },
    },
    start,
    stop,
    crash: () => {
      server?.stopNow();
      server = undefined;
    },
  };
}

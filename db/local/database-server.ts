import { type DatabaseServer, startCluster, unpackedRoot } from "./cluster";
import { getDebianPostgres } from "./debian-postgres";
import { hasDocker, startDockerDatabase } from "./docker-database";
import { LocalServerError } from "./local-server-error";

/**
 * A PostgreSQL with PostGIS for this machine, by the first way that works: the machine's own programs, a Docker
 * engine that answers, the packages of Debian or Ubuntu. Throws LocalServerError, which names the ways.
 */
export async function openDatabaseServer(
  options: { directory: string; isDurable?: boolean; signal?: AbortSignal },
  report: (note: string) => void = () => {},
): Promise<DatabaseServer> {
  const server = (await startCluster(options)) ?? (hasDocker() ? await startDockerDatabase(options) : undefined);
  if (server) return server;
  const installed = await getDebianPostgres(unpackedRoot(options.directory), report, options.signal);
  const cluster = installed ? await startCluster(options) : undefined;
  if (cluster) return cluster;
  throw new LocalServerError(
    [
      "There is no PostgreSQL with PostGIS on this machine. Any one of these is enough:",
      "  - install PostgreSQL 14 or newer with PostGIS (macOS: brew install postgis), and start again;",
      "  - start Docker, and start again;",
      "  - on Debian or Ubuntu, start again with the network up: the packages are then fetched for you;",
      "  - set DATABASE_URL to a server of yours, and run npm run db:migrate.",
    ].join("\n"),
  );
}

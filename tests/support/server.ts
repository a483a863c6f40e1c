import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { localDirectory } from "../../db/environment";
import { removeCluster } from "../../db/local/cluster";
import { isAlive } from "../../db/local/data-directory";
import { openDatabaseServer } from "../../db/local/database-server";

const folder = join(localDirectory, "test");

/**
 * The server of the tests: TEST_POSTGRES_URL where it is set (a superuser's address, for a quick run while one
 * works), else a private cluster of this run, which goes with it.
 */
export async function openTestServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) return { url: given, close: async () => {} };
  removeLeftClusters();
  const directory = join(folder, String(process.pid));
  const server = await openDatabaseServer({ directory, isDurable: false });
  return {
    url: server.url,
    close: async () => {
      await server.stop();
      removeCluster(directory);
    },
  };
}

/** Each run has a folder under the number of its process; those of runs that were killed are cleared away. */
function removeLeftClusters(): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (!isAlive(Number(name))) removeCluster(join(folder, name));
}

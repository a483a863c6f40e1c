import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { localDirectory, projectDirectory } from "../../db/environment";
import { removeCluster } from "../../db/local/cluster";
import { freePort } from "../../db/local/free-port";
import { findChromium } from "../../db/local/test-tools.mjs";
import { startCommand } from "./started-console";

/**
 * The console of the browser tests: what `npm start` runs, with a folder, a server and a small day of its own.
 * CONSOLE_URL and CONSOLE_PASSWORD tell the tests where it is, CONSOLE_TEST_DATABASE_URL what it watches, as the owner,
 * CONSOLE_TEST_ENVIRONMENT its logins; with CONSOLE_URL set, one that runs already is taken.
 */
export default async function setup() {
  if (process.env.CONSOLE_URL) return;
  const directory = join(localDirectory, "e2e");
  if (existsSync(join(directory, "cluster.json"))) removeCluster(directory);
  const start = ["--import", "tsx", join(projectDirectory, "app/http/start.server.ts")];
  const started = await startCommand(process.execPath, start, {
    cwd: projectDirectory,
    withinSeconds: 240,
    variables: {
      LOCAL_DIRECTORY: directory,
      PORT: String(await freePort()),
      SIMULATOR: "off",
      CHROMIUM: findChromium() ?? "",
    },
  });
  process.env.CONSOLE_URL = started.url;
  process.env.CONSOLE_PASSWORD = started.password;
  const environment = readFileSync(join(directory, "environment.json"), "utf8");
  process.env.CONSOLE_TEST_ENVIRONMENT = environment;
  process.env.CONSOLE_TEST_DATABASE_URL = JSON.parse(environment).DATABASE_URL;
  return async () => {
    if (started.child.exitCode === null) {
      started.child.kill("SIGTERM");
      await once(started.child, "exit");
    }
    removeCluster(directory);
  };
}

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";

import { projectDirectory } from "../environment";
import { ProgramError, run } from "./child.mjs";
import type { DatabaseServer } from "./cluster";
import { openClusterState, saveClusterState } from "./cluster-home";
import { freePort } from "./free-port";
import { LocalServerError } from "./local-server-error";

/** Whether a Docker engine answers, with compose. The client alone proves nothing. */
export function hasDocker(): boolean {
  const answers = (...args: string[]) => spawnSync("docker", args, { timeout: 5_000, stdio: "ignore" }).status === 0;
  return answers("info") && answers("compose", "version");
}

/** The database service of docker-compose.yml, its data in a volume named for the local folder. Throws LocalServerError. */
export async function startDockerDatabase({ directory }: { directory: string }): Promise<DatabaseServer> {
  const state = openClusterState(directory, {});
  state.port = await freePort(state.port);
  saveClusterState(directory, state);
  const project = `securyflex-${createHash("sha256").update(directory).digest("hex").slice(0, 12)}`;
  const compose = ["compose", "--project-name", project];
  const options = {
    cwd: projectDirectory,
    env: {
      ...process.env,
      POSTGRES_PASSWORD: state.password,
      DATABASE_PORT: String(state.port),
      // Compose wants every variable of its file, also those of services that stay off.
      CONSOLE_SECRET: state.password,
    },
  };
  try {
    await run("docker", [...compose, "up", "--detach", "--wait", "database"], options);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new LocalServerError(`The database container did not start. ${error.message}`);
  }
  return {
    url: `postgres://postgres:${state.password}@127.0.0.1:${state.port}/postgres`,
    description: "PostgreSQL with PostGIS in Docker",
    stop: async () => {
      await run("docker", [...compose, "stop", "database"], options);
    },
    stopNow: () => {
      spawnSync("docker", [...compose, "kill", "database"], { ...options, stdio: "ignore" });
    },
  };
}

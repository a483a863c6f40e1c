import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { openClient } from "../connections";
import { ProgramError, run } from "./child.mjs";
import { type ClusterState, openClusterState, readClusterState, saveClusterState } from "./cluster-home";
import { createDataDirectory, dataDirectory, majorOf, runningServer, writeSettings } from "./data-directory";
import { freePort } from "./free-port";
import { LocalServerError } from "./local-server-error";
import { listPostgres, type PostgresInstallation } from "./postgres-installation";
import { postgresSettings } from "./postgres-settings";
import { type ServerAccount, serverAccount } from "./server-account";

export type DatabaseServer = {
  /** A superuser's address, with its password, on 127.0.0.1. */
  url: string;
  /** For people, such as "PostgreSQL 15.20 with PostGIS 3.3". */
  description: string;
  stop: () => Promise<void>;
  /** Stops it at once, within a second, for the last moment of a process. */
  stopNow: () => void;
};

type Options = { directory: string; isDurable?: boolean; signal?: AbortSignal };
type Server = { installation: PostgresInstallation; account: ServerAccount; data: string };

const startAttempts = 3;

/**
 * A PostgreSQL of one's own: its data in `directory`, reached by TCP on 127.0.0.1 with a password and by nothing else.
 * Keeps data and port from one start to the next, takes over a server that a killed start left behind, and ends with
 * this process however that ends. Returns undefined where this machine has no PostgreSQL with PostGIS.
 * Throws LocalServerError.
 */
export async function startCluster({
  directory,
  isDurable = true,
  signal,
}: Options): Promise<DatabaseServer | undefined> {
  const installation = choosePostgres(listPostgres(unpackedRoot(directory)), readClusterState(directory)?.home);
  if (!installation) return;
  const account = serverAccount();
  const state = openClusterState(directory, account);
  const server: Server = { installation, account, data: dataDirectory(state) };
  try {
    if (majorOf(state.home) === undefined) {
      await createDataDirectory(installation, state, { account, isDurable, signal });
    }
    await bringUp(server, state, { directory, isDurable });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new LocalServerError(`PostgreSQL ${installation.version} did not start. ${error.message}`);
  }
  const guard = stopWithThisProcess(server);
  const postgis = installation.postgisVersion.split(".").slice(0, 2).join(".");
  return {
    url: urlOf(state),
    description: `PostgreSQL ${installation.version} with PostGIS ${postgis}`,
    stop: async () => {
      await stop(server);
      guard.kill();
    },
    stopNow: () => {
      spawnSync(program(server, "pg_ctl"), stopArguments(server, "immediate", 5), programOptions(server));
      guard.kill();
    },
  };
}

function choosePostgres(
  installations: PostgresInstallation[],
  home: string | undefined,
): PostgresInstallation | undefined {
  const major = home === undefined ? undefined : majorOf(home);
  const fitting = installations.find((installation) => major === undefined || installation.major === major);
  if (fitting || installations.length === 0) return fitting;
  throw new LocalServerError(
    `PostgreSQL was not started: the data in ${home} is of version ${major}, and this machine has ${installations.map(({ version }) => version).join(", ")}. Install PostgreSQL ${major} with PostGIS, or remove that folder to begin anew.`,
  );
}

/** Tree of Debian packages that are unpacked for one local folder. */
export function unpackedRoot(directory: string): string {
  return join(directory, "debian");
}

/** Deletes the data of a stopped cluster. */
export function removeCluster(directory: string): void {
  const state = readClusterState(directory);
  if (state) rmSync(state.home, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
}

async function bringUp(
  server: Server,
  state: ClusterState,
  { directory, isDurable }: { directory: string; isDurable: boolean },
): Promise<void> {
  if (runningServer(server.data) !== undefined) {
    if (await answers(urlOf(state))) return;
    await stop(server);
  }
  for (let attempt = 1; ; attempt += 1) {
    state.port = await freePort(state.port);
    saveClusterState(directory, state);
    const clusterName = "securyflex-ops-console";
    const settings = postgresSettings(server.installation, { port: state.port, clusterName, isDurable });
    writeSettings(server.data, settings, server.account);
    const log = join(server.data, "start.log");
    rmSync(log, { force: true });
    try {
      const flags = ["-D", server.data, "-l", log, "-w", "-t", "120", "start"];
      await run(program(server, "pg_ctl"), flags, programOptions(server));
      return;
    } catch (error) {
      const words = readLog(log);
      const isTaken = /could not bind|Address already in use/.test(words);
      if (isTaken && attempt < startAttempts) continue;
      throw words ? new ProgramError(`Its last words:\n${words}`) : error;
    }
  }
}

function readLog(log: string): string {
  try {
    return readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n");
  } catch {
    return "";
  }
}

async function answers(url: string): Promise<boolean> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console start" });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function stop(server: Server): Promise<void> {
  for (const [mode, seconds] of [
    ["fast", 20],
    ["immediate", 20],
  ] as const) {
    if (runningServer(server.data) === undefined) return;
    try {
      await run(program(server, "pg_ctl"), stopArguments(server, mode, seconds), programOptions(server));
    } catch (error) {
      if (mode === "immediate" && runningServer(server.data) !== undefined) throw error;
    }
  }
}

/** A shell that waits for the end of a pipe, which comes with the end of this process, and then stops the server. */
function stopWithThisProcess(server: Server): ChildProcess {
  const script = 'while read -r line; do :; done; exec "$@"';
  const command = [program(server, "pg_ctl"), ...stopArguments(server, "fast", 20)];
  const guard = spawn("sh", ["-c", script, "sh", ...command], {
    ...programOptions(server),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  (guard.stdin as unknown as { unref: () => void }).unref();
  return guard;
}

function stopArguments({ data }: Server, mode: "fast" | "immediate", seconds: number): string[] {
  return ["-D", data, "-m", mode, "-w", "-t", String(seconds), "stop"];
}

function program({ installation }: Server, name: string): string {
  return join(installation.bin, name);
}

function programOptions({ installation, account }: Server) {
  return { ...account, cwd: "/", env: { ...process.env, ...installation.variables, LC_ALL: "C.UTF-8" } };
}

function urlOf({ password, port }: ClusterState): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

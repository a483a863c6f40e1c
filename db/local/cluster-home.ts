import { createHash, randomBytes } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LocalServerError } from "./local-server-error";
import { canEnter, giveTo, type ServerAccount } from "./server-account";

/** What has to outlive the process: `cluster.json` of the local folder. */
export type ClusterState = { home: string; port: number | undefined; password: string };

/** The state of the cluster of one local folder; undefined before its first start. */
export function readClusterState(directory: string): ClusterState | undefined {
  const file = join(directory, "cluster.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * The state of the cluster of one local folder, made where there is none. Its home is a folder that only the server's
 * account can enter: inside `directory`, or in /var/tmp where a parent of `directory` keeps that account out.
 */
export function openClusterState(directory: string, account: ServerAccount): ClusterState {
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const state = readClusterState(directory) ?? {
    home: chooseHome(directory, account),
    port: undefined,
    password: randomBytes(24).toString("hex"),
  };
  makePrivate(state.home, account);
  saveClusterState(directory, state);
  return state;
}

export function saveClusterState(directory: string, state: ClusterState): void {
  writeFileSync(join(directory, "cluster.json"), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

function chooseHome(directory: string, account: ServerAccount): string {
  if (canEnter(account, directory)) return join(directory, "postgres");
  const mark = createHash("sha256").update(directory).digest("hex").slice(0, 12);
  return join("/var/tmp", `securyflex-ops-console-${mark}`);
}

function makePrivate(home: string, account: ServerAccount): void {
  if (!existsSync(home)) {
    mkdirSync(home, { mode: 0o700 });
    giveTo(account, home);
  }
  const found = lstatSync(home);
  const owner = account.uid ?? process.getuid?.();
  if (!found.isDirectory() || (owner !== undefined && found.uid !== owner) || (found.mode & 0o077) !== 0) {
    throw new LocalServerError(
      `PostgreSQL was not started: ${home} belongs to another account or is open to others. Look at it, and remove it if it is nobody's.`,
    );
  }
}

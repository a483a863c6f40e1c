import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "./child.mjs";
import type { ClusterState } from "./cluster-home";
import type { PostgresInstallation } from "./postgres-installation";
import { giveTo, type ServerAccount } from "./server-account";

export function dataDirectory(state: Pick<ClusterState, "home">): string {
  return join(state.home, "data");
}

/** Major version that made the cluster of `home`; undefined where there is none. */
export function majorOf(home: string): number | undefined {
  const file = join(home, "data", "PG_VERSION");
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : undefined;
}

/**
 * Makes an empty cluster with data checksums, whose superuser `postgres` has the password of the state. It is made
 * beside its place and moved there complete. Throws ProgramError.
 */
export async function createDataDirectory(
  { bin, variables }: PostgresInstallation,
  { home, password }: ClusterState,
  { account, isDurable, signal }: { account: ServerAccount; isDurable: boolean; signal: AbortSignal | undefined },
): Promise<void> {
  const half = join(home, "data.half");
  const passwordFile = join(home, "password");
  rmSync(half, { recursive: true, force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(account, passwordFile);
  try {
    // Other systems have no C.UTF-8; the order of text is by bytes in both.
    const locale = process.platform === "linux" ? "C.UTF-8" : "C";
    const flags = ["-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "-k"];
    await run(join(bin, "initdb"), ["-D", half, ...flags, `--locale=${locale}`, ...(isDurable ? [] : ["--no-sync"])], {
      ...account,
      cwd: "/",
      env: { ...process.env, ...variables, LC_ALL: locale },
      signal,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const configuration = join(half, "postgresql.conf");
  writeFileSync(configuration, `${readFileSync(configuration, "utf8")}\ninclude_if_exists = 'console.conf'\n`);
  renameSync(half, join(home, "data"));
}

export function writeSettings(data: string, settings: string, account: ServerAccount): void {
  const file = join(data, "console.conf");
  writeFileSync(file, settings, { mode: 0o600 });
  giveTo(account, file);
}

/**
 * The pid of the server that runs on `data`, undefined where none does. A postmaster.pid that names a process which
 * is something else, as after a restart of the machine, is removed: PostgreSQL would refuse to start beside it.
 */
export function runningServer(data: string): number | undefined {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  if (!isAlive(pid)) return;
  const command = commandOf(pid);
  if (command === undefined || command.includes(data)) return pid;
  rmSync(file, { force: true });
  return;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process of this machine; undefined where the system does not say. */
export function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return;
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { arch, platform } from "node:process";

import { openClient } from "../../db/connections";
import { projectDirectory } from "../../db/environment";
import { createDataDirectory, dataDirectory, isAlive, writeSettings } from "../../db/local/data-directory";
import { freePort } from "../../db/local/free-port";
import type { PostgresInstallation } from "../../db/local/postgres-installation";
import { postgresSettings } from "../../db/local/postgres-settings";
import { canEnter, giveTo, type ServerAccount, serverAccount } from "../../db/local/server-account";
import { until } from "./until";

/** Beside 15, which the test server runs: the packages of postgres-versions, without PostGIS. */
export const otherMajors = [14, 16, 17, 18] as const;

const isSupported = platform === "linux" && arch === "x64";

/** What the matrix asks of: 15 is the server of the tests, the others come where their packages exist or stand. */
export const majors = [15, ...otherMajors.filter((major) => isSupported || hasMajor(major))];

const homePrefix = "console-version-";

export type VersionServer = {
  major: number;
  /** A superuser's address. */
  url: string;
  stop: () => Promise<void>;
};

/** Whether this machine has the programs of `major`: the packages are for Linux on x64. */
function hasMajor(major: number): boolean {
  return existsSync(join(packageDirectory(major), "native/bin/postgres"));
}

/**
 * A server of one major version on a free port with a folder of its own, gone with it. It ends with this process
 * however that ends. `settings` are added to those of a private server.
 */
export async function startVersion(
  major: number,
  settings: Record<string, string | number> = {},
): Promise<VersionServer> {
  const account = serverAccount();
  removeLeftHomes();
  const home = mkdtempSync(join(tmpdir(), `${homePrefix}${process.pid}-${major}-`));
  giveTo(account, home);
  const installation = openPackage(major, { account, home });
  const password = randomBytes(12).toString("hex");
  const port = await freePort();
  const state = { home, port, password };
  await createDataDirectory(installation, state, { account, isDurable: false, signal: undefined });
  const wanted = { shared_buffers: "32MB", autovacuum: "off", ...settings };
  const written = postgresSettings(installation, { port, clusterName: `test ${major}`, isDurable: false });
  const added = Object.entries(wanted).map(([name, value]) => `${name} = '${value}'\n`);
  writeSettings(dataDirectory(state), `${written}${added.join("")}`, account);

  const log = join(home, "log");
  const child = runUntilClosed(installation, { data: dataDirectory(state), account, log });
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    if (child.exitCode === null) {
      child.stdin?.end();
      await once(child, "exit");
    }
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await until(() => child.exitCode !== null || answers(url), { withinSeconds: 60, everyMs: 50 });
    if (child.exitCode !== null) throw new Error(`PostgreSQL ${major} did not start:\n${readFileSync(log, "utf8")}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { major, url, stop };
}

/** Folders of runs that were killed; their servers ended with them. */
function removeLeftHomes(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(homePrefix) ? Number.parseInt(name.slice(homePrefix.length), 10) : process.pid;
    if (!isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function packageDirectory(major: number): string {
  return join(projectDirectory, "tests/support/postgres-versions/node_modules", `pg${major}`);
}

/** The packages hold no symlinks, so the names by which the programs know their libraries stand in `home`. */
function openPackage(major: number, { account, home }: { account: ServerAccount; home: string }): PostgresInstallation {
  let native = join(packageDirectory(major), "native");
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  );
  if (!canEnter(account, native)) {
    cpSync(native, join(home, "native"), { recursive: true });
    native = join(home, "native");
  }
  const libraries = join(home, "libraries");
  mkdirSync(libraries);
  for (const { source, target } of links) {
    symlinkSync(join(native, "..", source), join(libraries, basename(target)));
  }
  const isThere = (library: string) => existsSync(join(native, "lib/postgresql", `${library}.so`));
  return {
    bin: join(native, "bin"),
    major,
    version: String(major),
    postgisVersion: "",
    preloadable: (names) => names.filter(isThere),
    variables: { LD_LIBRARY_PATH: `${libraries}:${join(native, "lib")}` },
  };
}

/** The server stops fast when its input closes, which also comes with the end of this process. */
function runUntilClosed(
  { bin, variables }: PostgresInstallation,
  { data, account, log }: { data: string; account: ServerAccount; log: string },
): ChildProcess {
  const script =
    '"$1" -D "$2" >>"$3" 2>&1 & server=$!; (cat >/dev/null; kill -INT $server) <&3 & wait $server; kill $!';
  appendFileSync(log, "");
  giveTo(account, log);
  return spawn("sh", ["-c", `exec 3<&0; ${script}`, "sh", join(bin, "postgres"), data, log], {
    ...account,
    cwd: "/",
    env: { ...process.env, ...variables, LC_ALL: "C.UTF-8" },
    stdio: ["pipe", "ignore", "ignore"],
  });
}

async function answers(url: string): Promise<boolean> {
  const sql = openClient(url, { max: 1, applicationName: "tests" });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

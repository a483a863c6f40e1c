import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ProgramError, run } from "./child.mjs";

const quiet = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" };

/** Whether apt-get is here: Debian, Ubuntu and their kin. */
export function hasApt() {
  return existsSync("/usr/bin/apt-get") && existsSync("/usr/bin/dpkg");
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/**
 * Installs packages of the system. Needs root. A package whose name is a pattern, such as
 * `^postgresql-[0-9]+-postgis-3$`, means the newest one that matches; with a question mark before it, where there is
 * one. Throws ProgramError.
 *
 * @param {string[]} patterns
 * @param {(note: string) => void} report
 * @param {AbortSignal} [signal]
 */
export async function installSystemPackages(patterns, report, signal) {
  const options = { env: quiet, onLine: report, signal };
  report("reading the package lists");
  await run("apt-get", ["update", "-q"], options);
  keepDebianFromStartingPostgres();
  const names = await newestPackages(patterns, []);
  await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...names], options);
}

/** Debian would make a cluster on port 5432 of every PostgreSQL that it installs. */
function keepDebianFromStartingPostgres() {
  const file = "/etc/postgresql-common/createcluster.d/securyflex-ops-console.conf";
  if (existsSync("/etc/postgresql-common/createcluster.conf")) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "create_main_cluster = false\n");
}

/**
 * Unpacks packages, and whatever they need that the system lacks, into a folder of one's own; no root needed.
 * apt verifies signatures and hashes as always, on lists and a cache of its own in `directory`. Returns the folder of
 * the unpacked tree. Throws ProgramError.
 *
 * @param {string[]} patterns as for installSystemPackages
 * @param {string} directory
 * @param {(note: string) => void} report
 * @param {AbortSignal} [signal]
 */
export async function unpackPackages(patterns, directory, report, signal) {
  const apt = join(directory, "apt");
  for (const folder of ["lists/partial", "cache/archives/partial"]) mkdirSync(join(apt, folder), { recursive: true });
  const own = [
    `Dir::State::Lists=${apt}/lists`,
    `Dir::Cache=${apt}/cache`,
    "Dir::State::status=/var/lib/dpkg/status",
    "Debug::NoLocking=1",
    "APT::Sandbox::User=",
    "Binary::apt-get::APT::Keep-Downloaded-Packages=1",
    "APT::Update::Post-Invoke=",
  ].flatMap((option) => ["-o", option]);
  const options = { env: quiet, onLine: report, signal };
  report("reading the package lists");
  await run("apt-get", [...own, "update", "-q"], options);
  const names = await newestPackages(patterns, own);
  await run(
    "apt-get",
    [...own, "install", "-y", "-q", "--no-install-recommends", "--download-only", ...names],
    options,
  );
  const root = join(directory, "root");
  rmSync(root, { recursive: true, force: true });
  const archives = join(apt, "cache", "archives");
  for (const file of readdirSync(archives).filter((name) => name.endsWith(".deb"))) {
    report(`unpacking ${file}`);
    await run("dpkg", ["-x", join(archives, file), root], options);
  }
  rmSync(apt, { recursive: true, force: true });
  return root;
}

/**
 * @param {string[]} patterns
 * @param {string[]} aptOptions
 */
async function newestPackages(patterns, aptOptions) {
  const names = [];
  for (const asked of patterns) {
    const pattern = asked.replace(/^\?/, "");
    if (!pattern.startsWith("^")) {
      names.push(pattern);
      continue;
    }
    const found = await run("apt-cache", [...aptOptions, "--names-only", "search", pattern], { env: quiet });
    const matching = found.split("\n").flatMap((line) => line.split(" ")[0] || []);
    const newest = matching.sort((one, other) => one.localeCompare(other, "en", { numeric: true })).at(-1);
    if (newest) names.push(newest);
    else if (asked === pattern) throw new ProgramError(`No package of this system's sources matches ${pattern}.`);
  }
  return names;
}

/** Name of the distribution, for messages. */
export function systemName() {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}

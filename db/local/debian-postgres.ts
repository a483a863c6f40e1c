import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

import { ProgramError } from "./child.mjs";
import { hasApt, installSystemPackages, isRoot, systemName, unpackPackages } from "./debian-packages.mjs";
import { LocalServerError } from "./local-server-error";

const packages = ["^postgresql-[0-9]+-postgis-3$", "?^postgresql-[0-9]+-hypopg$"];

/**
 * Gets PostgreSQL with PostGIS from the sources of Debian or Ubuntu: as root into the system, as an ordinary user
 * unpacked into `root`. Returns false on other systems. Throws LocalServerError where apt fails.
 */
export async function getDebianPostgres(
  root: string,
  report: (note: string) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!hasApt()) return false;
  try {
    if (isRoot()) await installSystemPackages(packages, report, signal);
    else await unpackInto(root, report, signal);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new LocalServerError(
      `PostgreSQL with PostGIS was not installed on ${systemName()}. ${error.message}\nInstall postgresql-15-postgis-3 by hand, or set DATABASE_URL to a server of yours, and start again.`,
    );
  }
  return true;
}

async function unpackInto(
  root: string,
  report: (note: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  mkdirSync(dirname(root), { recursive: true });
  const tree = await unpackPackages(packages, `${root}.download`, report, signal);
  const share = join(tree, "usr/share/postgresql");
  for (const version of readdirSync(share)) linkControlFiles(join(share, version, "extension"));
  rmSync(root, { recursive: true, force: true });
  renameSync(tree, root);
  rmSync(`${root}.download`, { recursive: true, force: true });
}

/** Debian's package scripts, which `dpkg -x` does not run, would let postgis.control point to postgis-3.control. */
function linkControlFiles(extensions: string): void {
  if (!existsSync(extensions)) return;
  for (const file of readdirSync(extensions)) {
    const link = file.replace(/-3\.control$/, ".control");
    if (link !== file && !existsSync(join(extensions, link))) symlinkSync(file, join(extensions, link));
  }
}

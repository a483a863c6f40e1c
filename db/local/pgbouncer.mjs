import { existsSync } from "node:fs";

import { hasApt, installSystemPackages, isRoot } from "./debian-packages.mjs";
import { step } from "./progress.mjs";

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];

/** The PgBouncer of this machine; undefined where there is none. */
export function findPgbouncer() {
  return places.find((file) => existsSync(file));
}

/** Installs PgBouncer where that needs no question; the test that wants it says how to get it elsewhere. */
export async function installPgbouncer() {
  if (findPgbouncer() || !hasApt() || !isRoot()) return;
  await step("Installing PgBouncer", (report) => installSystemPackages(["pgbouncer"], report), "PgBouncer installed");
}

import { spawnSync } from "node:child_process";
import { chownSync, readFileSync } from "node:fs";

/** The account that runs a server program; empty where it is the one that runs the console. */
export type ServerAccount = { uid?: number; gid?: number };

/**
 * PostgreSQL and PgBouncer refuse to run as root, so root hands them to `postgres`, or to `nobody`.
 * Throws where root finds neither in /etc/passwd.
 */
export function serverAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const [, , uid, gid] = accounts.find(([name]) => name === wanted) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has no account postgres or nobody. Start the console as an ordinary user.",
  );
}

/** Whether the account can enter a folder: every parent must let it through. */
export function canEnter(account: ServerAccount, directory: string): boolean {
  return spawnSync("sh", ["-c", 'cd "$1"', "sh", directory], { ...account, cwd: "/" }).status === 0;
}

export function giveTo(account: ServerAccount, path: string): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}

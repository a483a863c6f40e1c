import { mkdir, statfs } from "node:fs/promises";
import { join, resolve } from "node:path";

import { type Environment, EnvironmentError, localDirectory } from "../environment";
import { OperationRefusal } from "../operation";

/** BACKUP_DIRECTORY, or a folder of this machine's own. */
export function backupDirectory(): string {
  return resolve(process.env.BACKUP_DIRECTORY || join(localDirectory, "backups"));
}

/** Where the backups of one database are. `source` is its name and its server's system identifier. */
export function folderOfSource(source: string): string {
  return join(backupDirectory(), source.replace(/[^\w.-]/g, "_"));
}

export const folderOfBackup = (source: string, id: string) => join(folderOfSource(source), id);
export const halfOfBackup = (source: string, id: string) => join(folderOfSource(source), `${id}.half`);

/**
 * The address by which backups are taken and restored: DATABASE_BACKUP_URL, else DATABASE_URL where it names an
 * account. Throws OperationRefusal without either.
 */
export function backupUrl(environment: Environment): string {
  const { DATABASE_BACKUP_URL, DATABASE_URL } = environment;
  if (DATABASE_BACKUP_URL) return DATABASE_BACKUP_URL;
  if (DATABASE_URL && new URL(DATABASE_URL).username !== "") return DATABASE_URL;
  throw new OperationRefusal(
    "No login may take backups here: set DATABASE_BACKUP_URL to a superuser's address of SecuryFlex, past any pooler.",
  );
}

/** The same server, another database. */
export function onDatabaseOf(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  return address.href;
}

/** What PostgreSQL's programs read instead of a command line that everybody sees. */
export function programVariables(url: string, applicationName: string): Record<string, string> {
  const address = new URL(url);
  const sslMode = address.searchParams.get("sslmode") ?? address.searchParams.get("ssl");
  return {
    PGHOST: decodeURIComponent(address.hostname).replace(/^\[|\]$/g, ""),
    PGPORT: address.port || "5432",
    PGUSER: decodeURIComponent(address.username),
    PGPASSWORD: decodeURIComponent(address.password),
    PGDATABASE: decodeURIComponent(address.pathname.slice(1)),
    PGAPPNAME: applicationName,
    PGCONNECT_TIMEOUT: "10",
    ...(sslMode ? { PGSSLMODE: sslMode === "true" ? "require" : sslMode } : {}),
  };
}

/** What the file system of the backups has left. Makes the folder. Throws EnvironmentError where it cannot be. */
export async function freeBytes(source: string): Promise<number> {
  const folder = folderOfSource(source);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    throw new EnvironmentError(
      `The folder of the backups cannot be used (${(error as NodeJS.ErrnoException).code}). Set BACKUP_DIRECTORY.`,
    );
  }
}

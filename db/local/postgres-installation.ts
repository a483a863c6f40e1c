import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { unpackedVariables } from "./unpacked-tree.mjs";

export type PostgresInstallation = {
  /** Folder of initdb, pg_ctl and postgres. */
  bin: string;
  major: number;
  version: string;
  postgisVersion: string;
  /** Which libraries of a list this server can preload. */
  preloadable: (libraries: string[]) => string[];
  /** Variables that its programs need to run from where they are. */
  variables: Record<string, string>;
};

/** Oldest version with the statistics and settings that the console reads. */
const oldestMajor = 14;

/**
 * Each PostgreSQL of this machine that has PostGIS, newest first; those of `unpackedRoot`, a tree of unpacked Debian
 * packages, come last.
 */
export function listPostgres(unpackedRoot: string): PostgresInstallation[] {
  const inspected = (folders: ProgramFolder[]) =>
    newestFirst(folders.flatMap(({ bin, variables }) => inspect(bin, variables) ?? []));
  return [...inspected(foldersOfMachine()), ...inspected(unpackedFolders(unpackedRoot))];
}

/** A folder that may hold programs of PostgreSQL, and the variables that they need to run from there. */
export type ProgramFolder = Pick<PostgresInstallation, "bin" | "variables">;

/** Every folder where this machine may have programs of PostgreSQL. */
export function listProgramFolders(unpackedRoot: string): ProgramFolder[] {
  return [...foldersOfMachine(), ...unpackedFolders(unpackedRoot)];
}

function foldersOfMachine(): ProgramFolder[] {
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""),
    ...versionFolders("/usr/lib/postgresql"),
    ...versionFolders("/usr", /^pgsql-/),
    ...versionFolders("/opt/homebrew/opt", /^postgresql/),
    ...versionFolders("/usr/local/opt", /^postgresql/),
    ...versionFolders("/Applications/Postgres.app/Contents/Versions"),
  ];
  return folders.map((bin) => ({ bin, variables: {} }));
}

function unpackedFolders(unpackedRoot: string): ProgramFolder[] {
  const variables = unpackedVariables(unpackedRoot);
  return versionFolders(join(unpackedRoot, "usr/lib/postgresql")).map((bin) => ({ bin, variables }));
}

function versionFolders(parent: string, pattern = /^/): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent).flatMap((name) => (pattern.test(name) ? join(parent, name, "bin") : []));
}

function newestFirst(installations: PostgresInstallation[]): PostgresInstallation[] {
  return installations.sort((one, other) => other.major - one.major);
}

function inspect(bin: string, variables: Record<string, string>): PostgresInstallation | undefined {
  if (!["initdb", "pg_ctl", "postgres", "pg_config"].every((program) => existsSync(join(bin, program)))) return;
  const ask = (program: string, flag: string) =>
    execFileSync(join(bin, program), [flag], { encoding: "utf8", env: { ...process.env, ...variables } }).trim();
  try {
    const version = /(\d+)(\.\d+)?/.exec(ask("postgres", "--version"))?.[0] ?? "";
    const major = Number.parseInt(version, 10);
    const control = join(ask("pg_config", "--sharedir"), "extension", "postgis.control");
    const postgisVersion = /default_version\s*=\s*'([^']+)'/.exec(readFileSync(control, "utf8"))?.[1];
    if (!postgisVersion || !(major >= oldestMajor)) return;
    const libraries = ask("pg_config", "--pkglibdir");
    const isThere = (library: string) =>
      ["so", "dylib"].some((ending) => existsSync(join(libraries, `${library}.${ending}`)));
    return { bin, major, version, postgisVersion, preloadable: (names) => names.filter(isThere), variables };
  } catch {
    return; // Programs that do not run here, or no PostGIS among the extensions.
  }
}

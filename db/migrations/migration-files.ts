import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectDirectory } from "../environment";
import { type AdoptedTable, parseAdoptedTable } from "./adoption";

export type MigrationScript = {
  text: string;
  /** False for statements that PostgreSQL refuses inside a transaction, such as CREATE INDEX CONCURRENTLY. */
  isTransactional: boolean;
  /** Query of one boolean: true where the database holds the result of this migration from before the ledger. */
  adoptQuery: string | undefined;
  /** Table that is adopted where it is there with all of these columns. */
  adoptTable: AdoptedTable | undefined;
};

export type Migration = {
  version: number;
  name: string;
  /** `NNNN_name`, as its files are called. */
  label: string;
  up: MigrationScript;
  down: MigrationScript;
  /** sha256 of the up file, hex. */
  checksum: string;
};

export const securyflexMigrations = join(projectDirectory, "migrations");
/** A test gives its process a folder of its own; nothing outside of the process can. */
const processFolder = globalThis as { securyflexMigrations?: string };

/** What the console plans, applies and shows of SecuryFlex: the migrations of this checkout. */
export function readSecuryflexMigrations(): Migration[] {
  return readMigrations(processFolder.securyflexMigrations ?? securyflexMigrations);
}

export const consoleMigrations = join(projectDirectory, "db", "console", "migrations");

/**
 * The migrations of a folder of `NNNN_name.up.sql` and `NNNN_name.down.sql`, ascending by version.
 * A header of comments may say `-- transaction: none` and `-- adopt: <query of one boolean>`, or
 * `-- adopt table: <table> (<column> <type>, ...)`, where `a|b` are two spellings of a column and the type may be absent.
 * Throws where a number is missing or used twice, or a file has no other side.
 */
export function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory).filter((file) => file.endsWith(".sql"));
  const ups = names.filter((file) => file.endsWith(".up.sql")).sort();
  const strays = names.filter((file) => !/^\d{4}_[a-z0-9_]+\.(up|down)\.sql$/.test(file));
  if (strays.length > 0) throw new Error(`Not a migration's name: ${strays.join(", ")}. Use NNNN_name.up.sql.`);
  if (names.length !== ups.length * 2) throw new Error(`Each migration in ${directory} needs an up and a down file.`);
  return ups.map((file, position) => {
    const base = file.slice(0, -".up.sql".length);
    const version = Number(base.slice(0, 4));
    if (version !== position + 1) throw new Error(`${file} stands where number ${position + 1} is expected.`);
    const upText = readFileSync(join(directory, file), "utf8");
    const downText = readFileSync(join(directory, `${base}.down.sql`), "utf8");
    return {
      version,
      name: base.slice(5),
      label: base,
      up: readScript(upText),
      down: readScript(downText),
      checksum: createHash("sha256").update(upText).digest("hex"),
    };
  });
}

/** One side of a migration, by the comments at its head. */
export function readScript(text: string): MigrationScript {
  const table = text.match(/^-- adopt table: (.+)$/m)?.[1];
  return {
    text,
    isTransactional: !/^-- transaction: none$/m.test(text),
    adoptQuery: text.match(/^-- adopt: (.+)$/m)?.[1],
    adoptTable: table === undefined ? undefined : parseAdoptedTable(table),
  };
}

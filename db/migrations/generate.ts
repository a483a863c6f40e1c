import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { draftMigrations, type SchemaSnapshot, snapshotOf } from "./draft-migrations";
import { MigrationError } from "./migration-error";
import { readMigrations } from "./migration-files";

const snapshotFile = "snapshot.json";

export type Generated = { label: string; up: string; down: string };

/** What the migrations of a folder make, as it was declared when the newest of them was written. */
export function readSnapshot(directory: string): SchemaSnapshot {
  return JSON.parse(readFileSync(join(directory, snapshotFile), "utf8"));
}

/** Takes the declarations for what the migrations of the folder make. */
export function writeSnapshot(directory: string, declarations: Record<string, unknown>): void {
  writeFileSync(join(directory, snapshotFile), `${JSON.stringify(snapshotOf(declarations), null, 2)}\n`);
}

/**
 * Writes the next migrations of a folder, up and down files, for what changed in the declarations since its newest one.
 * Returns what it wrote; nothing where nothing changed. Throws MigrationError where the change has no
 * fitting name, or a column or table may have been renamed and there is no terminal to ask at.
 */
export async function generateMigrations(
  directory: string,
  declarations: Record<string, unknown>,
  name: string | undefined,
): Promise<Generated[]> {
  const drafts = await draft(readSnapshot(directory), snapshotOf(declarations), name ?? "");
  if (drafts.length === 0) return [];
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new MigrationError(
      "Nothing was written: db/schema changed, and the migration needs a name of lower case letters, digits and _, such as npm run db:generate -- add_a_table.",
    );
  }
  const written = readMigrations(directory).length;
  const generated = drafts.map(({ name, up, down }, position) => ({
    label: `${String(written + position + 1).padStart(4, "0")}_${name.toLowerCase().replaceAll(/[^a-z0-9_]/g, "_")}`,
    up,
    down,
  }));
  for (const { label, up, down } of generated) {
    writeFileSync(join(directory, `${label}.up.sql`), `${up}\n`, { flag: "wx" });
    writeFileSync(join(directory, `${label}.down.sql`), `${down}\n`, { flag: "wx" });
  }
  writeSnapshot(directory, declarations);
  return generated;
}

async function draft(before: SchemaSnapshot, after: SchemaSnapshot, name: string) {
  try {
    return await draftMigrations(before, after, name);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes("TTY")) throw error;
    throw new MigrationError(
      "Nothing was written: a column or table went and another came, which may be a new name for the same. Run the command in a terminal, where it can ask.",
      { cause: error },
    );
  }
}

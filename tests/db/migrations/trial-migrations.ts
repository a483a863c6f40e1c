import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Migration, readMigrations } from "../../../db/migrations/migration-files";

/** Migrations of a test's own: each `[name, up, down]`, numbered in their order. */
export function trialMigrations(...scripts: [name: string, up: string, down: string][]): Migration[] {
  const directory = mkdtempSync(join(tmpdir(), "trial-migrations-"));
  try {
    for (const [position, [name, up, down]] of scripts.entries()) {
      const base = join(directory, `${String(position + 1).padStart(4, "0")}_${name}`);
      writeFileSync(`${base}.up.sql`, up);
      writeFileSync(`${base}.down.sql`, down);
    }
    return readMigrations(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

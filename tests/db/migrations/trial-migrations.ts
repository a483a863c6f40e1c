import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Migration, readMigrations } from "../../../db/migrations/migration-files";

export type TrialScript = [name: string, up: string, down: string];

/** Migrations of a test's own: each `[name, up, down]`, numbered in their order. */
export function trialMigrations(...scripts: TrialScript[]): Migration[] {
  const directory = trialFolder(...scripts);
  try {
    return readMigrations(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A folder of them, for a process of its own; its caller removes it. */
export function trialFolder(...scripts: TrialScript[]): string {
  const directory = mkdtempSync(join(tmpdir(), "trial-migrations-"));
  for (const [position, [name, up, down]] of scripts.entries()) {
    const base = join(directory, `${String(position + 1).padStart(4, "0")}_${name}`);
    writeFileSync(`${base}.up.sql`, up);
    writeFileSync(`${base}.down.sql`, down);
  }
  return directory;
}

import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import type { TrialScript } from "../migrations/trial-migrations";

export type TrialHistory = {
  folder: string;
  /** Of the further ones, in their order. */
  labels: string[];
  write: (label: string, side: "up" | "down", text: string) => void;
  forget: (label: string) => void;
  remove: () => void;
};

/** The migrations of this checkout and further ones; what this process plans, applies and shows from now on. */
export function openTrialHistory(...scripts: TrialScript[]): TrialHistory {
  const folder = mkdtempSync(join(tmpdir(), "trial-history-"));
  for (const file of readdirSync(securyflexMigrations).filter((name) => name.endsWith(".sql")))
    symlinkSync(join(securyflexMigrations, file), join(folder, file));
  const { length } = readMigrations(securyflexMigrations);
  const write: TrialHistory["write"] = (label, side, text) => writeFileSync(join(folder, `${label}.${side}.sql`), text);
  const labels = scripts.map(([name, up, down], position) => {
    const label = `${String(length + position + 1).padStart(4, "0")}_${name}`;
    write(label, "up", up);
    write(label, "down", down);
    return label;
  });
  Object.assign(globalThis, { securyflexMigrations: folder });
  process.env.TRIAL_MIGRATIONS = folder;
  return {
    folder,
    labels,
    write,
    forget: (label) => {
      for (const side of ["up", "down"]) rmSync(join(folder, `${label}.${side}.sql`));
    },
    remove: () => {
      Object.assign(globalThis, { securyflexMigrations: undefined });
      delete process.env.TRIAL_MIGRATIONS;
      rmSync(folder, { recursive: true });
    },
  };
}

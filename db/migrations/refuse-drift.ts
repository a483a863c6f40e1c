import type { LedgerRow } from "./ledger";
import { MigrationError } from "./migration-error";
import type { Migration } from "./migration-files";

/** Throws MigrationError where the ledger holds what the checkout does not have, or what was edited since. */
export function refuseDrift(
  migrations: Migration[],
  ledger: readonly Pick<LedgerRow, "version" | "name" | "checksum">[],
): void {
  for (const [position, row] of ledger.entries()) {
    const migration = migrations[position];
    if (migration?.version !== row.version) {
      throw new MigrationError(
        `The database is ahead: its ledger holds ${String(row.version).padStart(4, "0")}_${row.name}, which this checkout does not have. Run a newer console.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `${migration.label} was edited after it was applied. Put the file back and write a further migration.`,
      );
    }
  }
}

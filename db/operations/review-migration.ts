import type { Database } from "../connections";
import type { Migration } from "../migrations/migration-files";
import { type MigrationReview, reviewScript } from "../migrations/review/review-migration";
import type { Side } from "../migrations/statement-ledger";

/** What one side of a migration would do to the database as it is now. Takes two seconds where a large table is locked. */
export function reviewMigration(db: Database, migration: Migration, direction: Side): Promise<MigrationReview> {
  const counterpart = direction === "up" ? migration.down : undefined;
  return reviewScript(db, migration[direction], { label: migration.label, direction, counterpart });
}

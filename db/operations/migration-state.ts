import { createHash } from "node:crypto";

import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { type Migration, readSecuryflexMigrations } from "../migrations/migration-files";
import { refuseDrift } from "../migrations/refuse-drift";
import type { Side } from "../migrations/statement-ledger";
import { OperationRefusal } from "../operation";

export type AppliedMigration = {
  version: number;
  name: string;
  checksum: string;
  origin: "applied" | "adopted";
};

export type MigrationState = {
  migrations: Migration[];
  ledger: AppliedMigration[];
  /** Of the first migration without a row in the ledger on. */
  pending: Migration[];
  /** The newest that is applied; undefined where none is. */
  newest: (Migration & { origin: AppliedMigration["origin"] }) | undefined;
  /** Undefined where no script outside a transaction was cut off. */
  cutOff: { version: number; side: Side } | undefined;
  /** Why this checkout must not touch the database; null where it may. */
  drift: string | null;
};

/** This checkout beside the ledger of SecuryFlex. Throws OperationRefusal where there is no ledger of now. */
export async function readMigrationState(db: Database): Promise<MigrationState> {
  const [found] = await db.execute<{ isThere: boolean }>(
    sql`select to_regclass('console_migrations.statements') is not null as "isThere"`,
  );
  if (!found?.isThere)
    throw new OperationRefusal("SecuryFlex keeps no ledger of this console yet. Run npm run db:migrate once.");
  const ledger = await db.execute<AppliedMigration>(
    sql`select version, name, checksum, origin from console_migrations.ledger order by version`,
  );
  const [cutOff] = await db.execute<{ version: number; side: Side }>(
    sql`select version, side from console_migrations.statements order by version, position limit 1`,
  );
  const migrations = readSecuryflexMigrations();
  const last = ledger.at(-1);
  const newest = last && migrations[last.version - 1];
  return {
    migrations,
    ledger: [...ledger],
    pending: migrations.slice(ledger.length),
    newest: last && newest && { ...newest, origin: last.origin },
    cutOff,
    drift: describeDrift(migrations, ledger),
  };
}

function describeDrift(migrations: Migration[], ledger: AppliedMigration[]): string | null {
  try {
    refuseDrift(migrations, ledger);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** sha256 over both sides of each, hex: an approval holds for these files and no others. */
export function filesDigest(migrations: Migration[]): string {
  const hash = createHash("sha256");
  for (const { label, up, down } of migrations) hash.update(JSON.stringify([label, up.text, down.text]));
  return hash.digest("hex");
}

import { openClient } from "../connections";
import { type Environment, type Login, loginUrl } from "../environment";
import { type LedgerRow, listMigrations } from "../migrations/ledger";
import {
  consoleMigrations,
  type Migration,
  readMigrations,
  readSecuryflexMigrations,
} from "../migrations/migration-files";

export type ListedMigration = {
  database: "SecuryFlex" | "console";
  label: string;
  /** Null while it is pending. */
  ledger: Pick<LedgerRow, "origin" | "appliedAt" | "appliedBy" | "durationMs"> | null;
};

const histories = [
  { database: "SecuryFlex", login: "console_read", read: readSecuryflexMigrations },
  { database: "console", login: "console_app", read: () => readMigrations(consoleMigrations) },
] as const satisfies { database: ListedMigration["database"]; login: Login; read: () => Migration[] }[];

/** Each migration of this checkout beside what the ledgers say, newest first, read by the serving logins. */
export async function listMigrationStatuses(environment: Environment): Promise<ListedMigration[]> {
  const lists = await Promise.all(
    histories.map(async ({ database, login, read }) => {
      const sql = openClient(loginUrl(environment, login), { max: 1, applicationName: "securyflex-console ledger" });
      try {
        const statuses = await listMigrations(sql, read());
        return statuses.reverse().map(({ label, ledger }) => ({
          database,
          label,
          ledger: ledger
            ? {
                origin: ledger.origin,
                appliedAt: ledger.appliedAt,
                appliedBy: ledger.appliedBy,
                durationMs: ledger.durationMs,
              }
            : null,
        }));
      } finally {
        await sql.end({ timeout: 1 });
      }
    }),
  );
  return lists.flat();
}

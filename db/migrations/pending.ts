import { openClient, type Sql } from "../connections";
import { type Environment, type Login, loginUrl } from "../environment";
import { readLedger } from "./ledger";
import { consoleMigrations, type Migration, readMigrations, readSecuryflexMigrations } from "./migration-files";

const ledgers = [
  { name: "SecuryFlex", login: "console_read", read: readSecuryflexMigrations },
  { name: "console's", login: "console_app", read: () => readMigrations(consoleMigrations) },
] as const satisfies { name: string; login: Login; read: () => Migration[] }[];

/** One sentence for each database whose ledger lacks a migration of this checkout. Reads as the serving logins. */
export async function listPendingMigrations(environment: Environment): Promise<string[]> {
  const reasons = await Promise.all(ledgers.map(({ login }) => readPending(environment, login)));
  return reasons.filter((reason) => reason !== undefined);
}

/** What the database of one serving login lacks, a sentence; undefined where it lacks nothing. */
export async function readPending(
  environment: Environment,
  login: (typeof ledgers)[number]["login"],
): Promise<string | undefined> {
  const { name, read } = ledgers.find((ledger) => ledger.login === login) ?? ledgers[0];
  const sql = openClient(loginUrl(environment, login), { max: 1, applicationName: "securyflex-console readiness" });
  try {
    return await describePending(sql, name, read());
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function describePending(sql: Sql, name: string, migrations: Migration[]): Promise<string | undefined> {
  const applied = new Set((await readLedger(sql)).map(({ version }) => version));
  const pending = migrations.filter(({ version }) => !applied.has(version));
  if (pending.length === 0) return undefined;
  return `The ${name} database lacks ${pending.map(({ label }) => label).join(", ")}. Run npm run db:migrate.`;
}

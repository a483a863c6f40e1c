import { sql as query } from "drizzle-orm";
import type postgres from "postgres";
import type { Database } from "../connections";
import type { RunContext } from "../operation";
import { readSource } from "./catalogue";
import type { Manifest } from "./manifest";
import { fingerprintSchema, listTables, measureTable } from "./measure-tables";
import type { AnySql } from "./run-formatted";

export type SourceFacts = {
  source: string;
  database: string;
  serverVersion: string;
  serverMajor: number;
  databaseBytes: number;
  isStandby: boolean;
};

/** What a plan must know of the database that is to be backed up. */
export async function readSourceFacts(db: Database): Promise<SourceFacts> {
  const [row] = await db.execute<{ serverVersion: string; databaseBytes: number; isStandby: boolean }>(query`
    select current_setting('server_version') as "serverVersion", pg_is_in_recovery() as "isStandby",
           pg_database_size(current_database())::float8 as "databaseBytes"`);
  const facts = row as { serverVersion: string; databaseBytes: number; isStandby: boolean };
  return { ...facts, ...(await readSource(db)), serverMajor: Number.parseInt(facts.serverVersion, 10) };
}

type Snapshot = Pick<Manifest, "snapshotAt" | "databaseBytes" | "ledgerVersion" | "schemaFingerprint" | "tables">;

/**
 * Measures every table in one snapshot while `dump` writes the same one. Throws what either throws, after both have
 * ended.
 */
export async function readSnapshot(
  sql: postgres.ReservedSql,
  context: RunContext,
  dump: (exported: string) => Promise<void>,
): Promise<Snapshot> {
  await sql`begin isolation level repeatable read read only`;
  try {
    const [head] = await sql<{ exported: string; snapshotAt: Date; databaseBytes: number }[]>`
      select pg_export_snapshot() as exported, now() as "snapshotAt",
             pg_database_size(current_database())::float8 as "databaseBytes"`;
    const { exported, snapshotAt, databaseBytes } = head as {
      exported: string;
      snapshotAt: Date;
      databaseBytes: number;
    };
    const dumping = dump(exported);
    const measuring = measureAll(sql, context);
    const [dumped, measured] = await Promise.allSettled([dumping, measuring]);
    if (dumped.status === "rejected") throw dumped.reason;
    if (measured.status === "rejected") throw measured.reason;
    return { snapshotAt: snapshotAt.toISOString(), databaseBytes, ...measured.value };
  } finally {
    await sql`rollback`.catch(() => undefined);
  }
}

async function measureAll(sql: postgres.ReservedSql, context: RunContext) {
  const tables: Manifest["tables"] = [];
  const listed = await listTables(sql);
  const schemaFingerprint = await fingerprintSchema(sql);
  const ledgerVersion = await readLedgerVersion(sql);
  for (const table of listed) {
    context.signal.throwIfAborted();
    await context.progress({ phase: `dumps and measures ${table.name}`, doneRatio: tables.length / listed.length });
    tables.push({ ...table, ...(await measureTable(sql, table)) });
  }
  return { ledgerVersion, schemaFingerprint, tables };
}

/** Null where the migrations never came. */
export async function readLedgerVersion(sql: AnySql): Promise<number | null> {
  const [found] = await sql<
    { exists: boolean }[]
  >`select to_regclass('console_migrations.ledger') is not null as exists`;
  if (!found?.exists) return null;
  const [row] = await sql<{ version: number | null }[]>`select max(version) as version from console_migrations.ledger`;
  return row?.version ?? null;
}

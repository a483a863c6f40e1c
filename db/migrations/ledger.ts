import type { Sql } from "../connections";
import type { Migration } from "./migration-files";

export type LedgerRow = {
  version: number;
  name: string;
  checksum: string;
  /** Adopted: its result stood in the database before the ledger; a roll-back leaves it in place. */
  origin: "applied" | "adopted";
  appliedAt: Date;
  appliedBy: string;
  durationMs: number;
};

export type MigrationStatus = Migration & { ledger: LedgerRow | undefined };

export async function hasLedger(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ exists: boolean }[]>`
    select to_regclass('console_migrations.ledger') is not null as "exists"`;
  return row?.exists ?? false;
}

/** Creates the ledger where it is missing, and brings an older one to the shape of now. Needs CREATE on the database. */
export async function createLedger(sql: Sql): Promise<void> {
  if (!(await hasLedger(sql))) {
    await sql.unsafe(`
      create schema if not exists console_migrations;
      create table if not exists console_migrations.ledger (
        version integer primary key,
        name text not null,
        checksum text not null,
        origin text not null constraint valid_origin check (origin in ('applied', 'adopted')),
        applied_at timestamptz not null default now(),
        applied_by text not null default session_user,
        duration_ms integer not null
      );
      grant usage on schema console_migrations to public;
      grant select on console_migrations.ledger to public;`);
  }
  await sql.unsafe(`
    do $$
    begin
      if to_regclass('console_migrations.statements') is null then
        create table console_migrations.statements (
          version integer not null,
          side text not null constraint valid_side check (side in ('up', 'down')),
          position integer not null,
          statement text,
          begun_at timestamptz not null default clock_timestamp(),
          ended_at timestamptz,
          primary key (version, side, position)
        );
        grant select on console_migrations.statements to public;
      end if;
      if to_regclass('console_migrations.begun') is not null then
        insert into console_migrations.statements (version, side, position)
        select version, 'up', 1 from console_migrations.begun;
        drop table console_migrations.begun;
      end if;
    end
    $$`);
}

export async function readLedger(sql: Sql): Promise<LedgerRow[]> {
  if (!(await hasLedger(sql))) return [];
  return sql<LedgerRow[]>`
    select version, name, checksum, origin, applied_at as "appliedAt", applied_by as "appliedBy",
           duration_ms as "durationMs"
    from console_migrations.ledger
    order by version`;
}

/** Each migration of the folder beside its row in the ledger; undefined there means pending. */
export async function listMigrations(sql: Sql, migrations: Migration[]): Promise<MigrationStatus[]> {
  const rows = new Map((await readLedger(sql)).map((row) => [row.version, row]));
  return migrations.map((migration) => ({ ...migration, ledger: rows.get(migration.version) }));
}

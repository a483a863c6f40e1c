import type { Sql } from "../connections";
import { MigrationError } from "./migration-error";
import type { Migration } from "./migration-files";
import type { ScriptStatement } from "./parse-script";

export type Side = "up" | "down";

export type StatementMark = {
  version: number;
  side: Side;
  position: number;
  /** As it was run. Null for one of which only its migration is known to have begun. */
  statement: string | null;
  /** Null while it runs, or where it was cut off. */
  endedAt: Date | null;
};

/** Statements of scripts outside transactions that were cut off before their end; none where all is whole. */
export async function readMarks(sql: Sql): Promise<StatementMark[]> {
  return sql<StatementMark[]>`
    select version, side, position, statement, ended_at as "endedAt"
    from console_migrations.statements order by version, position`;
}

export async function markBegun(sql: Sql, version: number, side: Side, statement: ScriptStatement): Promise<void> {
  await sql`
    insert into console_migrations.statements (version, side, position, statement)
    values (${version}, ${side}, ${statement.position}, ${statement.text})
    on conflict (version, side, position) do update set statement = excluded.statement, begun_at = clock_timestamp()`;
}

export async function markEnded(sql: Sql, version: number, side: Side, { position }: ScriptStatement): Promise<void> {
  await sql`
    update console_migrations.statements set ended_at = clock_timestamp()
    where version = ${version} and side = ${side} and position = ${position}`;
}

/** For a statement of which the server said that it was not done. */
export async function strikeMark(sql: Sql, version: number, side: Side, { position }: ScriptStatement): Promise<void> {
  await sql`
    delete from console_migrations.statements
    where version = ${version} and side = ${side} and position = ${position} and ended_at is null`;
}

export async function strikeMarks(sql: Sql, version: number): Promise<void> {
  await sql`delete from console_migrations.statements where version = ${version}`;
}

/** Throws MigrationError where a statement that was run already reads otherwise now. */
export function refuseEdited({ label }: Migration, statements: ScriptStatement[], marks: StatementMark[]): void {
  for (const { position, statement, endedAt } of marks) {
    const now = statements.find((each) => each.position === position)?.text;
    if (!endedAt || statement === null || statement === now) continue;
    throw new MigrationError(
      `${label} did not go on: it was cut off, and its statement ${position}, which has run, was edited since. Put it back, go on, and write a further migration.`,
    );
  }
}

import { type DrizzleSnapshotJSON, generateDrizzleJson, generateMigration } from "drizzle-kit/api";

/** What tables are declared as, in Drizzle's own words; two of them are compared without a database. */
export type SchemaSnapshot = DrizzleSnapshotJSON;

/** The two files of a migration that is still to be read by a person. */
export type Draft = { name: string; up: string; down: string };

const noId = "00000000-0000-0000-0000-000000000000";

/** The same declarations give the same snapshot. */
export function snapshotOf(declarations: Record<string, unknown>): SchemaSnapshot {
  return { ...generateDrizzleJson(declarations), id: noId, prevId: noId };
}

/**
 * The migrations that lead from one snapshot to the other and back, in their order; none where nothing changed. What
 * Drizzle writes for the tables is one migration of `name`; an index that comes to a table that stands, or leaves it,
 * is built concurrently in one of its own. Throws where a column or table may have been renamed and nobody can be asked.
 */
export async function draftMigrations(before: SchemaSnapshot, after: SchemaSnapshot, name: string): Promise<Draft[]> {
  const [there, back] = [await statementsBetween(before, after), await statementsBetween(after, before)];
  const ups = indexStatements(there);
  const downs = indexStatements(back);
  const apart = (indexes: Map<string, string[]>) => new Set([...indexes.values()].flat());
  const [apartUp, apartDown] = [apart(ups), apart(downs)];
  const main = {
    name,
    up: there.filter((statement) => !apartUp.has(statement)).join("\n"),
    down: back.filter((statement) => !apartDown.has(statement)).join("\n"),
  };
  const creationOf = (statements: string[] = []) => statements.find((statement) => statement.startsWith("CREATE"));
  const drops: Draft[] = [];
  const creations: Draft[] = [];
  for (const index of new Set([...ups.keys(), ...downs.keys()])) {
    const [created, former] = [creationOf(ups.get(index)), creationOf(downs.get(index))];
    const gone = dropIndex(index);
    if (former)
      drops.push({ name: former && created ? `${index}_gone` : index, up: gone, down: buildIndex(index, former) });
    if (created) creations.push({ name: index, up: buildIndex(index, created), down: gone });
  }
  return [...drops, ...(main.up || main.down ? [main] : []), ...creations];
}

async function statementsBetween(before: SchemaSnapshot, after: SchemaSnapshot): Promise<string[]> {
  const statements = await generateMigration(before, after);
  return statements.map((statement) =>
    statement
      .trim()
      .replaceAll("\t", "  ")
      // What depends on a table is not dropped unseen with it.
      .replace(/^(DROP TABLE .*) CASCADE;$/, "$1;")
      // Drizzle quotes types that it does not know.
      .replaceAll(/"(geo(?:graphy|metry)\([^"]*\))"/g, "$1"),
  );
}

const indexStatement = /^(?:CREATE (?:UNIQUE )?INDEX "([^"]+)" ON "([^"]+)"|DROP INDEX "([^"]+)")/;

/** Statements of indexes on tables that stand before and after, by the index's name. */
function indexStatements(statements: readonly string[]): Map<string, string[]> {
  const made = new Set(statements.flatMap((statement) => /^CREATE TABLE "([^"]+)"/.exec(statement)?.[1] ?? []));
  const found = new Map<string, string[]>();
  for (const statement of statements) {
    const [, created, table, dropped] = indexStatement.exec(statement) ?? [];
    const index = created ?? dropped;
    if (index && !(table && made.has(table))) found.set(index, [...(found.get(index) ?? []), statement]);
  }
  return found;
}

function dropIndex(index: string): string {
  return `-- transaction: none\ndrop index concurrently if exists public."${index}";`;
}

/** A build that was broken off leaves an invalid index of this name behind. */
function buildIndex(index: string, statement: string): string {
  const concurrently = statement
    .replace(" INDEX ", " INDEX CONCURRENTLY ")
    .replace(/ ON "([^"]+)"/, ' ON public."$1"')
    .replace(" USING btree ", " ");
  return `-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public."${index}"') and indisvalid)
drop index concurrently if exists public."${index}";
${concurrently}`;
}

import { drizzle } from "drizzle-orm/postgres-js";

import { openClient, type Sql } from "../../../../db/connections";
import { describeScript } from "../../../../db/migrations/review/describe-script";
import { isStronger, type LockMode } from "../../../../db/migrations/review/lock-mode";
import { namedRelations } from "../../../../db/migrations/review/named-relations";
import { readCatalogFacts } from "../../../../db/migrations/review/read-catalog-facts";
import { readStatements } from "../../../../db/migrations/review/read-statements";
import * as schema from "../../../../db/schema";
import { until } from "../../../support/until";

/** Mode and work by relation, such as `ACCESS EXCLUSIVE rewrite`, in the order of the names. */
export type Locks = Record<string, string>;

type Relation = { oid: number; name: string; file: number; indexes: string };

/** Two sessions: one acts and is watched by the other. */
export function openSessions(url: string) {
  const [acting, watching] = ["acts", "watches"].map((name) => openClient(url, { max: 1, applicationName: name })) as [
    Sql,
    Sql,
  ];
  const reading = openClient(url, { max: 1, applicationName: "states" });
  return {
    acting,
    watching,
    database: drizzle(reading, { schema }),
    close: () => Promise.all([acting.end(), watching.end(), reading.end()]),
  };
}

export type Sessions = ReturnType<typeof openSessions>;

/** What we say of a statement. */
export async function stateLocks({ database }: Sessions, text: string): Promise<Locks> {
  const statements = await readStatements(text);
  const facts = await readCatalogFacts(database, namedRelations(statements));
  const [effect] = describeScript(statements, facts);
  const isThere = (name: string) => !facts.relations.has(name) || facts.relations.get(name)?.kind !== "index";
  return sorted(
    (effect?.locks ?? [])
      .filter(({ relation }) => isThere(relation))
      .map(({ relation, mode, held }) => [relation, `${mode} ${held}`]),
  );
}

/** What the server does in a transaction that is rolled back. */
export async function observeLocks({ acting, watching }: Sessions, text: string): Promise<Locks> {
  const before = await listRelations(watching);
  await acting.unsafe("begin");
  try {
    const [self] = await acting<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const readBefore = await rowsRead(acting, before);
    await acting.unsafe(text);
    const held = await watching<{ oid: number; mode: string }[]>`
      select relation::bigint::float8 as oid, mode from pg_locks where pid = ${self?.pid ?? 0} and locktype = 'relation'`;
    const after = new Map((await listRelations(acting)).map((relation) => [relation.oid, relation]));
    const readAfter = await rowsRead(acting, before);
    return sorted(
      before.flatMap((relation) => {
        const mode = strongest(held.filter(({ oid }) => oid === relation.oid).map((one) => modeOf(one.mode)));
        // Reads of what a view or a function is made of are stated only where the statement itself names it.
        if (!mode || (mode === "ACCESS SHARE" && !text.includes(relation.name.split(".")[1] ?? ""))) return [];
        const now = after.get(relation.oid);
        const isRead = (readAfter.get(relation.oid) ?? 0) - (readBefore.get(relation.oid) ?? 0) > 0;
        const isBuilt = isRead && now !== undefined && now.indexes !== relation.indexes;
        const work = now && now.file !== relation.file ? "rewrite" : isBuilt ? "build" : isRead ? "scan" : "brief";
        return [[relation.name, `${mode} ${work}`]];
      }),
    );
  } finally {
    await acting.unsafe("rollback");
  }
}

/** The mode that a statement asks for while another session holds the table against all changes of schema. */
export async function observeWaiting(
  { acting, watching, database }: Sessions,
  table: string,
  text: string,
): Promise<string> {
  const [self] = await acting<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await database.execute("begin");
  await database.execute(`lock table ${table} in share update exclusive mode`);
  const working = acting.unsafe(text).execute();
  let asked: string | undefined;
  await until(async () => {
    const [waiting] = await watching<{ mode: string }[]>`
      select mode from pg_locks where pid = ${self?.pid ?? 0} and not granted and relation = to_regclass(${table})`;
    asked = waiting?.mode;
    return waiting;
  });
  await database.execute("rollback");
  await working;
  return modeOf(asked ?? "");
}

export async function fileOf({ watching }: Sessions, table: string): Promise<number> {
  const [row] = await watching<
    { file: number }[]
  >`select pg_relation_filenode(${table}::regclass)::bigint::float8 as file`;
  return row?.file ?? 0;
}

async function listRelations(sql: Sql): Promise<Relation[]> {
  return sql<Relation[]>`
    select def.oid::bigint::float8 as oid, nspname || '.' || relname as name, relfilenode::bigint::float8 as file,
           coalesce((select string_agg(own.oid || ' ' || own.relfilenode, ',' order by own.oid) from pg_index
                     join pg_class as own on own.oid = indexrelid where indrelid = def.oid), '') as indexes
    from pg_class as def join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm') and nspname in ('public', 'depot') order by name`;
}

/** Rows that the session read of each table in its transaction. */
async function rowsRead(acting: Sql, relations: Relation[]): Promise<Map<number, number>> {
  const oids = relations.map(({ oid }) => oid);
  const rows = await acting<{ oid: number; count: number }[]>`
    select oid::float8, coalesce(pg_stat_get_xact_tuples_returned(oid::oid), 0)::float8 as count from unnest(${oids}::bigint[]) as oid`;
  return new Map(rows.map(({ oid, count }) => [oid, count]));
}

/** AccessExclusiveLock is ACCESS EXCLUSIVE. */
function modeOf(written: string): LockMode {
  return written
    .replace(/Lock$/, "")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase() as LockMode;
}

function strongest(modes: LockMode[]): LockMode | undefined {
  return modes.reduce<LockMode | undefined>((best, mode) => (best && !isStronger(mode, best) ? best : mode), undefined);
}

function sorted(entries: (readonly string[])[]): Locks {
  return Object.fromEntries(
    entries.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)) as [string, string][],
  );
}

import { sql } from "drizzle-orm";

import { refuseSyntax } from "../rules/database/prove-select";
import type { Transaction } from "./explain-text";
import { namesOf, type ParsedStatement, walk } from "./parse-statement";

/** Volatile, and yet they change nothing and ask nobody. */
const harmlessVolatile = ["random", "clock_timestamp", "timeofday", "gen_random_uuid"];

/**
 * Why a statement may not be run to measure it, as the end of a sentence; null where it is proved to read alone: its
 * syntax only reads; its functions and operators are the server's or an extension's and not volatile; its types are
 * no domains; its tables are tables, and neither views nor elsewhere. Row security of the tables applies as always.
 */
export async function refuseRunning(
  transaction: Transaction,
  { kind, tree }: Pick<ParsedStatement, "kind" | "tree">,
): Promise<string | null> {
  const bySyntax = refuseSyntax(kind, tree);
  if (bySyntax) return bySyntax;
  return (
    (await refuseFunctions(transaction, namesOf(tree, "FuncCall"))) ??
    (await refuseColumns(transaction, columnsOf(tree))) ??
    (await refuseOperators(transaction, namesOf(tree, "A_Expr"))) ??
    (await refuseTypes(transaction, typesOf(tree))) ??
    refuseTables(transaction, tree)
  );
}

const isForeign = sql`
  pronamespace <> 'pg_catalog'::regnamespace and not exists (
    select from pg_depend where classid = 'pg_proc'::regclass and objid = function.oid and deptype = 'e'
  )`;

async function refuseFunctions(transaction: Transaction, names: readonly string[]): Promise<string | null> {
  const found = await transaction.execute<{ name: string; isForeign: boolean; isVolatile: boolean }>(sql`
    select proname::text as "name", bool_or(${isForeign}) as "isForeign",
           bool_or(provolatile = 'v' and proname <> all (${toArray(harmlessVolatile)}::text[])) as "isVolatile"
    from pg_proc as function
    where proname = any (${toArray(names)}::text[])
    group by proname
    order by proname`);
  const own = found.find((one) => one.isForeign);
  if (own) return `${own.name} is a function of this database, and what it does is not proved`;
  const volatile = found.find((one) => one.isVolatile);
  if (volatile) return `${volatile.name} is volatile: it may do more than read`;
  const unknown = names.find((name) => !found.some((one) => one.name === name));
  return unknown ? `there is no function ${unknown}` : null;
}

/** A function of one row may be written like a column of it. */
async function refuseColumns(transaction: Transaction, names: readonly string[]): Promise<string | null> {
  const [own] = await transaction.execute<{ name: string }>(sql`
    select proname::text as "name"
    from pg_proc as function join pg_type on pg_type.oid = proargtypes[0]
    where proname = any (${toArray(names)}::text[]) and typtype in ('c', 'p') and (${isForeign} or provolatile = 'v')
    limit 1`);
  return own ? `${own.name} may be a function of this database, and what it does is not proved` : null;
}

async function refuseOperators(transaction: Transaction, names: readonly string[]): Promise<string | null> {
  const [own] = await transaction.execute<{ name: string }>(sql`
    select oprname::text as "name"
    from pg_operator join pg_proc as function on function.oid = oprcode
    where oprname = any (${toArray(names)}::text[]) and (${isForeign} or provolatile = 'v')
    limit 1`);
  return own ? `${own.name} is an operator of this database, and what it does is not proved` : null;
}

async function refuseTypes(transaction: Transaction, names: readonly string[]): Promise<string | null> {
  const [own] = await transaction.execute<{ name: string }>(sql`
    select typname::text as "name"
    from pg_type
    where typname = any (${toArray(names)}::text[]) and typtype not in ('b', 'e')
      and typnamespace <> 'pg_catalog'::regnamespace
    limit 1`);
  if (own) return `${own.name} is a type that may call functions of this database`;
  const [cast] = await transaction.execute(sql`
    select from pg_cast join pg_proc as function on function.oid = castfunc where ${isForeign} limit 1`);
  return cast ? "this database has casts of its own, and what they do is not proved" : null;
}

async function refuseTables(transaction: Transaction, tree: unknown): Promise<string | null> {
  const names = [...walk(tree)].flatMap(([kind, node]) => (kind === "RangeVar" ? [node] : []));
  const own = new Set([...walk(tree)].flatMap(([kind, node]) => (kind === "CommonTableExpr" ? [node.ctename] : [])));
  const wanted = names
    .filter(({ schemaname, relname }) => schemaname || !own.has(relname))
    .map(({ schemaname, relname }) => ({ schema: schemaname ?? null, name: relname }));
  const [refused] = await transaction.execute<{ name: string; kind: string | null }>(sql`
    select wanted.name as "name", relkind::text as "kind"
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (schema text, name text)
    left join pg_class
      on pg_class.oid = to_regclass(coalesce(quote_ident(wanted.schema) || '.', '') || quote_ident(wanted.name))
    where relkind is null or relkind not in ('r', 'p', 'm')
      or relkind = 'p' and exists (
        select from pg_partition_tree(pg_class.oid) as part join pg_class as leaf on leaf.oid = part.relid
        where leaf.relkind = 'f'
      )
    limit 1`);
  if (!refused) return null;
  return refused.kind === null
    ? `there is no table ${refused.name} for the login that reads`
    : `${refused.name} is no ordinary table, and what it does when it is read is not proved`;
}

function columnsOf(tree: unknown): string[] {
  return [...walk(tree)].flatMap(([kind, { fields }]) =>
    kind === "ColumnRef" ? ((fields as { String?: { sval?: string } }[]).at(-1)?.String?.sval ?? []) : [],
  );
}

function typesOf(tree: unknown): string[] {
  return [...walk(tree)].flatMap(([kind, { names }]) => {
    if (kind !== "typeName" && kind !== "TypeName") return [];
    return (names as { String?: { sval?: string } }[] | undefined)?.at(-1)?.String?.sval ?? [];
  });
}

function toArray(names: readonly string[]): string {
  return `{${[...new Set(names)].map((name) => JSON.stringify(name)).join(",")}}`;
}

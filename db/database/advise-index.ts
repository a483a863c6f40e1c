import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import {
  type IndexColumn,
  indexName,
  leastGainRatio,
  listCandidates,
  type Predicates,
  withoutBeaten,
} from "../rules/database/index-candidates";
import { listNodes, toPlanTree } from "../rules/database/plan-tree";
import { schemaOf } from "./catalog-fragments";
import type { Transaction } from "./explain-text";
import { parseStatement } from "./parse-statement";
import { explainStatement, inPlanning } from "./plan-statement";
import { readPredicates } from "./read-predicates";
import type { ServerProfile } from "./server-profile";
import { unplannableReason } from "./unplannable-reason";
import { readWriteCost, type WriteCost } from "./write-cost";

export type IndexAdvice = {
  schema: string;
  table: string;
  columns: string[];
  /** Ascending throughout, as the operation builds one. */
  isPlain: boolean;
  costBefore: number;
  costAfter: number;
  /** Of the index as it would be, by the planner's estimate. */
  sizeBytes: number;
  writes: WriteCost;
  /** Migration files of their own, since an index is built outside a transaction. */
  name: string;
  up: string;
  down: string;
};

export type Advice =
  | { state: "proved"; advice: IndexAdvice[]; triedCount: number }
  | { state: "none"; triedCount: number }
  | { state: "unproved"; sentence: string };

const mostAdvised = 3;

type Candidate = Predicates & { columns: IndexColumn[]; create: string; name: string; fullName: string };

/**
 * Indexes that would make the statement cheaper, best first, each proved by planning the statement with an index that
 * exists for the planner of this connection alone (hypopg). Nothing is built and nothing is run. Never throws.
 */
export async function adviseIndex(
  db: Pick<Database, "transaction">,
  server: ServerProfile,
  text: string,
): Promise<Advice> {
  if (!server.extensions.hypopg) {
    const missing =
      "Proven index advice is missing: this database has no extension hypopg, and advice without proof is a guess.";
    return { state: "unproved", sentence: missing };
  }
  const parsed = await parseStatement(text);
  if ("sentence" in parsed) return { state: "unproved", sentence: parsed.sentence };
  try {
    return await inPlanning(db, (transaction) => prove(transaction, server, parsed.text));
  } catch (error) {
    return { state: "unproved", sentence: unplannableReason(error) };
  }
}

async function prove(transaction: Transaction, server: ServerProfile, text: string): Promise<Advice> {
  const { explained } = await explainStatement(transaction, server, text, { isVerbose: true });
  const costBefore = toPlanTree(explained).totalCost;
  const candidates = await toCandidates(transaction, await readPredicates(explained));
  const proved: IndexAdvice[] = [];
  for (const { schema, table, columns, create, name, fullName } of candidates) {
    const tried = await tryIndex(transaction, server, text, create);
    if (!tried || tried.cost > (1 - leastGainRatio) * costBefore) continue;
    proved.push({
      ...{ schema, table, name, costBefore, costAfter: tried.cost, sizeBytes: tried.sizeBytes },
      columns: columns.map((column) => column.name + column.direction),
      isPlain: columns.every(({ direction }) => direction === ""),
      writes: await readWriteCost(transaction, schema, table),
      up: `-- transaction: none\n${create.replace("create index on", `create index concurrently ${name} on`)};\n`,
      down: `-- transaction: none\ndrop index concurrently if exists ${fullName};\n`,
    });
  }
  const advice = withoutBeaten(proved).slice(0, mostAdvised);
  return advice.length > 0
    ? { state: "proved", advice, triedCount: candidates.length }
    : { state: "none", triedCount: candidates.length };
}

/** Null where the server can make no such index, or does not use it. */
async function tryIndex(
  transaction: Transaction,
  server: ServerProfile,
  text: string,
  create: string,
): Promise<{ cost: number; sizeBytes: number } | null> {
  const schema = schemaOf(server, "hypopg");
  try {
    return await transaction.transaction(async (inner) => {
      const [made] = await inner.execute<{ name: string; sizeBytes: number }>(sql`
        select indexname as "name", ${schema}.hypopg_relation_size(indexrelid)::float8 as "sizeBytes"
        from ${schema}.hypopg_create_index(${create})`);
      const { explained } = await explainStatement(inner, server, text, { isVerbose: false });
      const plan = toPlanTree(explained);
      const isUsed = made && listNodes(plan).some(({ index }) => index === made.name);
      return isUsed ? { cost: plan.totalCost, sizeBytes: made.sizeBytes } : null;
    });
  } catch {
    return null;
  } finally {
    // It belongs to the connection and outlives a rollback.
    await transaction.execute(sql`select from ${schema}.hypopg_reset()`);
  }
}

/** With the names of tables and columns as the catalog has them, quoted by the server. */
async function toCandidates(transaction: Transaction, predicates: readonly Predicates[]): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const asked of predicates) {
    const known = await transaction.execute<{ columns: string[] }>(sql`
      select array_agg(attname::text order by position) as "columns"
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      join pg_am on pg_am.oid = relam
      cross join unnest(indkey[0:indnkeyatts - 1]) with ordinality as key (number, position)
      join pg_attribute on attrelid = indrelid and attnum = key.number
      where indrelid = to_regclass(format('%I.%I', ${asked.schema}::text, ${asked.table}::text))
        and indisvalid and indpred is null and indexprs is null and amname = 'btree'
      group by indexrelid`);
    for (const columns of listCandidates(
      asked,
      known.map((index) => index.columns),
    )) {
      const name = indexName(asked.table, columns);
      const [written] = await transaction.execute<Pick<Candidate, "create" | "name" | "fullName">>(sql`
        select format('create index on %I.%I (%s)', ${asked.schema}::text, ${asked.table}::text, string_agg(
                 format('%I', wanted.name) || direction, ', ' order by position
               )) as "create", quote_ident(${name}) as "name",
               format('%I.%I', ${asked.schema}::text, ${name}::text) as "fullName"
        from jsonb_to_recordset(${JSON.stringify(columns.map((column, position) => ({ ...column, position })))}::jsonb)
          as wanted (name text, direction text, position integer)`);
      const isNew = candidates.every(({ create }) => create !== written?.create);
      if (written && isNew) candidates.push({ ...asked, columns, ...written });
    }
  }
  return candidates;
}

import { randomBytes } from "node:crypto";

import { sql } from "drizzle-orm";

import type { Database } from "../connections";

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** A statement that the server prepared under a name of its own for one transaction. */
export type Prepared = {
  name: string;
  /** As PostgreSQL writes them, for example {integer,text}; in order of the parameters. */
  types: string[];
};

/**
 * What EXPLAIN answers to a text that was parsed before: exactly one SELECT, INSERT, UPDATE, DELETE or MERGE. The
 * statement is planned and not run. Needs PostgreSQL 16. Throws what the server says.
 */
export async function explainGeneric(transaction: Transaction, text: string, isVerbose: boolean): Promise<unknown> {
  const options = `generic_plan, ${isVerbose ? "verbose, " : ""}format json`;
  return planOf(await transaction.execute(sql.raw(`explain /* ops-console:probe */ (${options}) ${text}`)));
}

/**
 * Prepares a parsed text for as long as `use` takes. A name outlives its transaction, and behind a pooler the next
 * client would meet it: it is given back within the transaction, whatever happened.
 */
export async function withPrepared<Result>(
  transaction: Transaction,
  text: string,
  use: (inner: Transaction, prepared: Prepared) => Promise<Result>,
): Promise<Result> {
  const name = `ops_console_${randomBytes(8).toString("hex")}`;
  await transaction.execute(sql.raw(`prepare /* ops-console:probe */ ${name} as ${text}`));
  try {
    return await transaction.transaction(async (inner) => {
      const [row] = await inner.execute<{ types: string[] }>(
        sql`select parameter_types::text[] as types from pg_prepared_statements where name = ${name}`,
      );
      return use(inner, { name, types: row?.types ?? [] });
    });
  } finally {
    await transaction.execute(sql.raw(`deallocate ${name}`));
  }
}

/** The plan for any values, without any: for servers before 16. */
export async function explainPrepared(
  transaction: Transaction,
  { name, types }: Prepared,
  isVerbose: boolean,
): Promise<unknown> {
  await transaction.execute(sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`);
  const values = types.length > 0 ? `(${types.map(() => "null").join(", ")})` : "";
  const options = `${isVerbose ? "verbose, " : ""}format json`;
  return planOf(await transaction.execute(sql.raw(`explain (${options}) execute ${name}${values}`)));
}

/** Runs a prepared statement with these values, which the server quotes, and says what each step did. */
export async function explainMeasured(
  transaction: Transaction,
  { name, types }: Prepared,
  values: readonly (string | null)[],
): Promise<unknown> {
  const [row] = await transaction.execute<{ values: string | null }>(sql`
    select string_agg(format('%L::%s', value, type), ', ' order by position) as values
    from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) with ordinality as given (value, position)
    join unnest(${`{${types.map((type) => JSON.stringify(type)).join(",")}}`}::text[]) with ordinality
      as taken (type, position) using (position)`);
  const given = row?.values ? `(${row.values})` : "";
  return planOf(
    await transaction.execute(sql.raw(`explain (analyze, buffers, timing, format json) execute ${name}${given}`)),
  );
}

function planOf(rows: readonly Record<string, unknown>[]): unknown {
  const answer = rows[0]?.["QUERY PLAN"];
  return typeof answer === "string" ? JSON.parse(answer) : answer;
}

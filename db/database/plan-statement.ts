import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { type PlanNode, toPlanTree } from "../rules/database/plan-tree";
import { explainGeneric, explainPrepared, type Transaction, withPrepared } from "./explain-text";
import { parseStatement } from "./parse-statement";
import type { ServerProfile } from "./server-profile";
import { unplannableReason } from "./unplannable-reason";

export type StatementPlan =
  | { state: "planned"; plan: PlanNode; parameterTypes: string[]; readAt: Date }
  | { state: "unplannable"; sentence: string };

export const genericPlanFrom = 160_000;

/**
 * How the server would run a text of pg_stat_statements whatever its parameters are. The statement is never run: it
 * is planned in a read-only transaction that is rolled back, by a login whose timeouts stand on its role. Never throws.
 */
export async function planStatement(
  db: Pick<Database, "transaction">,
  server: ServerProfile,
  text: string,
): Promise<StatementPlan> {
  const parsed = await parseStatement(text);
  if ("sentence" in parsed) return { state: "unplannable", sentence: parsed.sentence };
  try {
    return await inPlanning(db, async (transaction) => {
      const { explained, types } = await explainStatement(transaction, server, parsed.text, { isVerbose: false });
      return { state: "planned", plan: toPlanTree(explained), parameterTypes: types, readAt: new Date() };
    });
  } catch (error) {
    return { state: "unplannable", sentence: unplannableReason(error) };
  }
}

/** The generic plan as the server's version gives it, and the types of the parameters. Throws what the server says. */
export function explainStatement(
  transaction: Transaction,
  { versionNumber }: ServerProfile,
  text: string,
  { isVerbose }: { isVerbose: boolean },
): Promise<{ explained: unknown; types: string[] }> {
  return withPrepared(transaction, text, async (inner, prepared) => ({
    types: prepared.types,
    explained:
      versionNumber >= genericPlanFrom
        ? await explainGeneric(inner, text, isVerbose)
        : await explainPrepared(inner, prepared, isVerbose),
  }));
}

class RolledBack {
  constructor(readonly result: unknown) {}
}

/** A read-only transaction that leaves nothing behind; what `work` returns comes back. Throws what it throws. */
export async function inPlanning<Result>(
  db: Pick<Database, "transaction">,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  try {
    await db.transaction(
      async (transaction) => {
        await transaction.execute(sql`select set_config('standard_conforming_strings', 'on', true)`);
        throw new RolledBack(await work(transaction));
      },
      { accessMode: "read only" },
    );
  } catch (error) {
    if (error instanceof RolledBack) return error.result as Result;
    throw error;
  }
  throw new Error("The transaction was not rolled back.");
}

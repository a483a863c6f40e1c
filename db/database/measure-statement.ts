import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { refuseValues } from "../rules/database/parameter-values";
import { type PlanNode, toPlanTree } from "../rules/database/plan-tree";
import { explainMeasured, withPrepared } from "./explain-text";
import { parseStatement } from "./parse-statement";
import { inPlanning } from "./plan-statement";
import { refuseRunning } from "./prove-reading";
import { sqlStateOf, unplannableReason } from "./unplannable-reason";

export type Measurement =
  | { state: "measured"; plan: PlanNode; readAt: Date }
  /** It was not run. */
  | { state: "refused"; sentences: string[] }
  /** It was run, or begun, and came to no end. */
  | { state: "failed"; sentence: string };

/** The statement is cancelled after this; shorter where the login's own limit is. */
export const measureSeconds = 5;

const oneAtATime = 7_142_009;

/**
 * Runs a SELECT that is proved to read alone and says what each step of its plan did: EXPLAIN (ANALYZE, BUFFERS) in a
 * read-only transaction that is rolled back, one at a time in the whole database. `values` are those of its parameters,
 * in order. Never throws.
 */
export async function measureStatement(
  db: Pick<Database, "transaction">,
  text: string,
  values: readonly (string | null)[],
): Promise<Measurement> {
  const parsed = await parseStatement(text);
  if ("sentence" in parsed) return { state: "refused", sentences: [parsed.sentence] };
  try {
    return await inPlanning(db, async (transaction): Promise<Measurement> => {
      await transaction.execute(sql`
        select set_config('statement_timeout', least(
          nullif((select setting::integer from pg_settings where name = 'statement_timeout'), 0),
          ${measureSeconds * 1000}::integer
        )::text, true)`);
      const [turn] = await transaction.execute<{ isFree: boolean }>(
        sql`select pg_try_advisory_xact_lock(${oneAtATime}) as "isFree"`,
      );
      if (!turn?.isFree)
        return refuse(["It was not run: another measurement is running. Try again when it has ended."]);
      const unproved = await refuseRunning(transaction, parsed);
      if (unproved) return refuse([`It was not run: ${unproved}.`]);
      return withPrepared(transaction, parsed.text, async (inner, prepared) => {
        const unfit = refuseValues(prepared.types, values);
        if (unfit.length > 0) return refuse(unfit);
        const explained = await explainMeasured(inner, prepared, values);
        return { state: "measured", plan: toPlanTree(explained), readAt: new Date() };
      });
    });
  } catch (error) {
    return explainFailure(error);
  }
}

function refuse(sentences: string[]): Measurement {
  return { state: "refused", sentences };
}

function explainFailure(error: unknown): Measurement {
  const state = sqlStateOf(error);
  if (state === "57014") {
    return {
      state: "failed",
      sentence: `It took longer than ${measureSeconds} s and was cancelled; nothing was changed.`,
    };
  }
  if (state === "25006")
    return refuse(["It was not run to its end: it tried to write, and the transaction is read-only."]);
  if (state?.startsWith("22"))
    return refuse(["It was not run: a value does not fit its parameter, or a step has no result for it."]);
  return { state: "failed", sentence: unplannableReason(error) };
}

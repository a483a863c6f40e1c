import type { Sql } from "../connections";
import { markTransaction } from "./at-work";
import { parseScriptOrWhole } from "./parse-script";
import { runStatements } from "./run-statements";
import { executeStatement, readyTransaction, type ScriptRun } from "./script-run";
import { inShortTries } from "./short-tries";

/**
 * Runs one side of a migration and `record` with it: in one transaction, or, where the script says so, statement by
 * statement with `record` after the last. Names resolve in public, then in `extensions`. A lock that is not free, or
 * a role that another migrator of the server changes at the same moment, is tried ten times as a whole.
 * Throws MigrationError when a statement fails, and the reason of the run's signal when it is called off.
 */
export async function runScript(run: ScriptRun, record: (executor: Sql) => Promise<unknown>): Promise<void> {
  const { sql } = run.sessions;
  const statements = await parseScriptOrWhole(run.script.text);
  const of = statements.length;
  if (run.script.isTransactional) {
    await inShortTries(run, (onLook) =>
      sql.begin(async (transaction) => {
        const executor = transaction as unknown as Sql;
        await markTransaction(executor);
        await readyTransaction(executor, run.patience);
        for (const statement of statements) await executeStatement(run, { executor, statement, of, onLook });
        await record(executor);
      }),
    );
  } else {
    await runStatements(run, statements);
    await sql.begin((transaction) => record(transaction as unknown as Sql));
  }
  await run.onStep("migration recorded", { ...run, statement: undefined, of });
}

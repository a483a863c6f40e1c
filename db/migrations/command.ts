import { parseArgs } from "node:util";

import { openClient } from "../connections";
import { unreadableReason } from "../database/unreadable-reason";
import { type Environment, EnvironmentError, loginUrl, readEnvironment } from "../environment";
import { describeReview, reviewWhatWouldRun } from "./dry-run";
import { listMigrations } from "./ledger";
import { MigrationError, migrateDown } from "./migrate";
import { consoleMigrations, readMigrations, securyflexMigrations } from "./migration-files";
import { migratorUrl, prepareDatabases, tellingOf } from "./prepare";

const usage = `npm run db:migrate                                     apply what is pending, both databases
npm run db:migrate -- status                           what is applied, adopted, pending; ends with 3 where any is pending
npm run db:migrate -- down [--steps 1] [--console]     roll back the newest of SecuryFlex, or of the console's database
npm run db:migrate -- [down] --dry-run                 what that would run, statement by statement, and what each would do`;

const exitCodes = { done: 0, failed: 1, misused: 2, pending: 3 };

class UsageError extends Error {}

try {
  process.exitCode = await run(readArguments(), readEnvironment());
} catch (error) {
  console.error(sentence(error));
  process.exitCode = error instanceof UsageError ? exitCodes.misused : exitCodes.failed;
}

type Arguments = { verb: "up" | "down" | "status"; steps: number; isConsole: boolean; isDryRun: boolean };

async function run(asked: Arguments, environment: Environment): Promise<number> {
  const { verb, steps, isConsole, isDryRun } = asked;
  if (verb === "status") return printStatus(environment);
  if (isDryRun) return printReviews(asked, environment);
  if (verb === "up") {
    await prepareDatabases(environment, { onProgress: console.log });
    console.log("Both databases are where this console needs them.");
    return exitCodes.done;
  }
  const { name, url, directory } = databasesOf(environment)[isConsole ? 1 : 0];
  const done = await migrateDown(url, readMigrations(directory), { steps, ...tellingOf(name, console.log) });
  if (done.length === 0) console.log(`${name}: nothing is applied, so nothing was rolled back.`);
  return exitCodes.done;
}

async function printReviews({ verb, steps, isConsole }: Arguments, environment: Environment): Promise<number> {
  const isDown = verb === "down";
  let neverCount = 0;
  for (const { name, url, directory } of databasesOf(environment)) {
    if (isDown && isConsole !== (name === "console")) continue;
    const reviews = await reviewWhatWouldRun(url, readMigrations(directory), isDown ? "down" : "up", steps);
    for (const review of reviews) {
      if (review.verdict === "never") neverCount += 1;
      for (const line of describeReview(name, review)) console.log(line);
    }
    if (reviews.length === 0) console.log(`${name}: nothing would run.`);
  }
  return neverCount > 0 ? exitCodes.failed : exitCodes.done;
}

function databasesOf(environment: Environment) {
  return [
    { name: "SecuryFlex", url: migratorUrl(environment), directory: securyflexMigrations },
    { name: "console", url: loginUrl(environment, "console_owner"), directory: consoleMigrations },
  ] as const;
}

async function printStatus(environment: Environment): Promise<number> {
  let pendingCount = 0;
  for (const { name, url, directory } of databasesOf(environment)) {
    const sql = openClient(url, { max: 1, applicationName: "securyflex-console migrator" });
    try {
      for (const { label, ledger } of await listMigrations(sql, readMigrations(directory))) {
        if (!ledger) pendingCount += 1;
        const state = ledger ? `${ledger.origin} ${ledger.appliedAt.toISOString()} by ${ledger.appliedBy}` : "pending";
        console.log(`${name} ${label}: ${state}`);
      }
    } finally {
      await sql.end();
    }
  }
  return pendingCount > 0 ? exitCodes.pending : exitCodes.done;
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        steps: { type: "string", default: "1" },
        console: { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
      },
    });
    const [verb = "up", ...rest] = positionals;
    const steps = Number(values.steps);
    if (!isVerb(verb) || rest.length > 0 || !Number.isInteger(steps) || steps < 1) throw new UsageError(usage);
    return { verb, steps, isConsole: values.console, isDryRun: values["dry-run"] };
  } catch {
    throw new UsageError(usage);
  }
}

function isVerb(word: string): word is Arguments["verb"] {
  return word === "up" || word === "down" || word === "status";
}

function sentence(error: unknown): string {
  const isOurs = error instanceof MigrationError || error instanceof EnvironmentError || error instanceof UsageError;
  return isOurs ? error.message : `Nothing was migrated: ${unreadableReason(error)}`;
}

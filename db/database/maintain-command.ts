import { parseArgs } from "node:util";

import { EnvironmentError, loginUrl, readEnvironment } from "../environment";
import { type Maintenance, MaintenanceRefusal, type MaintenanceStep, maintainTables } from "./maintain-tables";
import { unreadableReason } from "./unreadable-reason";

const usage = `npm run db:analyze [-- table ...] [--dry-run]   statistics for the planner, of all tables of SecuryFlex or of those named
npm run db:vacuum [-- table ...] [--dry-run]    room of dead tuples is free again, then the same statistics`;

const exitCodes = { done: 0, failed: 1, misused: 2 };

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const isOurs = error instanceof MaintenanceRefusal || error instanceof EnvironmentError;
  console.error(isOurs ? error.message : `It ended before it was done: ${unreadableReason(error)}`);
  return exitCodes.failed;
});

async function run(words: string[]): Promise<number> {
  const asked = readWords(words);
  if (!asked) {
    console.error(usage);
    return exitCodes.misused;
  }
  const stopping = new AbortController();
  process.once("SIGINT", () =>
    stopping.abort(new MaintenanceRefusal("Stopped: the table under way was left as it was.")),
  );
  const startedAt = performance.now();
  const url = loginUrl(readEnvironment(), "console_admin");
  const steps = await maintainTables(url, { ...asked, signal: stopping.signal, onStep: print });
  const refused = steps.filter(({ state }) => state === "refused").length;
  if (asked.isDryRun) console.log(`${count(steps.length)} would be done. Nothing was run.`);
  else
    console.log(
      `${count(steps.length - refused)} done in ${seconds(performance.now() - startedAt)}; ${refused} left out.`,
    );
  return refused > 0 ? exitCodes.failed : exitCodes.done;
}

function print({ table, ...step }: MaintenanceStep): void {
  if (step.state === "planned") {
    const last = table.lastAt ? `last ${table.lastAt.toISOString()}` : "not yet since the statistics began";
    const size = `about ${(table.sizeBytes / 1024 ** 2).toFixed(1)} MiB`;
    console.log(`${step.statement}: ${size}, ${table.deadTuples} dead tuples, ${last}`);
  } else if (step.state === "running") {
    const share = step.doneRatio === null ? "" : ` ${Math.floor(step.doneRatio * 100)} %`;
    console.log(`  ${step.phase}${share}`);
  } else if (step.state === "done") {
    console.log(`  done in ${seconds(step.tookMilliseconds)}, ${step.deadTuples} dead tuples left`);
  } else {
    console.log(`  left out. ${step.sentence}`);
  }
}

function count(tables: number): string {
  return `${tables} ${tables === 1 ? "table" : "tables"}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

type Asked = { maintenance: Maintenance; tables: string[]; isDryRun: boolean };

function readWords(words: string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { "dry-run": { type: "boolean", default: false } },
    });
    const [maintenance, ...tables] = positionals;
    if (maintenance !== "analyze" && maintenance !== "vacuum") return undefined;
    return { maintenance, tables, isDryRun: values["dry-run"] };
  } catch {
    return undefined;
  }
}

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { projectDirectory } from "../../db/environment";

export type Tally = {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed and how it begins, as far as the step tells. */
  failures: string[];
};

export type Step = {
  title: string;
  /** Program of node_modules/.bin, or a script behind `node --import tsx`. */
  program: string;
  args: string[];
  env?: Record<string, string>;
  /** Counts from the report that the step leaves at `report`; without it the step itself is one check. */
  count?: (report: unknown) => Tally;
};

/** Settings of somebody's own console would lead a test to databases that are not its own. */
const foreign = /^(DATABASE_|CONSOLE_|CONSOLE_APP|LOCAL_DIRECTORY$|PORT$|HOST$|SIMULATOR$|SEED_SIZE$|WORKER$|TRUSTED_)/;

let isInterrupted = false;

/** Runs each step, also after one that failed but not after an interruption, prints what it took and returns the sum. */
export async function runSteps(steps: Step[]): Promise<Tally> {
  const sum: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const step of steps) {
    const startedAt = performance.now();
    console.log(`\n── ${step.title}`);
    const tally = await runStep(step);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${tally.failed === 0 ? "✓" : "✗"} ${step.title}: ${describeTally(tally)} (${seconds} s)`);
    for (const kind of ["passed", "failed", "skipped"] as const) sum[kind] += tally[kind];
    sum.failures.push(...tally.failures.map((failure) => `${step.title}: ${failure}`));
    if (isInterrupted) break;
  }
  return sum;
}

/** What failed, one after another, then the counts: the end of a long run says all that matters. */
export function describeOutcome(sum: Tally): string {
  return ["", ...sum.failures.map((failure) => `✗ ${failure}`), "", describeTally(sum)].join("\n");
}

export function describeTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

async function runStep({ program, args, env, count }: Step): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "console-report-"));
  const report = join(folder, "report.json");
  try {
    const code = await runProgram(
      program,
      args.map((arg) => arg.replace("{report}", report)),
      { ...env, REPORT_FILE: report },
    );
    const counted = count && existsSync(report) ? count(JSON.parse(readFileSync(report, "utf8"))) : undefined;
    const tally = counted ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, failures: [] };
    // A run that fails outside of any test, or holds none, has failed.
    if (code !== 0 && tally.failed === 0) return { ...tally, failed: 1 };
    return tally.passed + tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runProgram(program: string, args: string[], env: Record<string, string>): Promise<number> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const isScript = program.endsWith(".ts");
  const [file, all] = isScript
    ? [process.execPath, ["--import", "tsx", join(projectDirectory, program), ...args]]
    : [join(projectDirectory, "node_modules", ".bin", program), args];
  return new Promise((resolve) => {
    const child = spawn(file, all, {
      cwd: projectDirectory,
      stdio: "inherit",
      env: { ...inherited, ...env } as NodeJS.ProcessEnv,
    });
    const pass = (signal: NodeJS.Signals) => {
      isInterrupted = true;
      child.kill(signal);
    };
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, pass);
    child.on("error", () => resolve(1));
    child.on("exit", (code) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}

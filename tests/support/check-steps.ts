import { z } from "zod";

import type { Step, Tally } from "./run-steps";

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

export const sourceSteps: Step[] = [
  { title: "Types", program: "tsc", args: ["--noEmit", "-p", "."] },
  { title: "Format and lint", program: "biome", args: ["check", "--error-on-warnings", "."] },
];

/** The tests of one project of vitest.config.ts, or of all. */
export function vitestStep(
  title: string,
  { project, env = {} }: { project?: string; env?: Record<string, string> },
): Step {
  const projects = project ? ["--project", project] : [];
  return {
    title,
    program: "vitest",
    args: ["run", ...projects, "--reporter=default", "--reporter=json", "--outputFile.json={report}"],
    env,
    count: countVitest,
  };
}

/** A file that fails before its first test counts as one failure. */
export function countVitest(written: unknown): Tally {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = report.parse(written);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests };
}

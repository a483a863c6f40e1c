import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

import { projectDirectory } from "../../db/environment";
import type { Step, Tally } from "./run-steps";

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
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
  const failed = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => describeFailure(`${name} › ${fullName}`, failureMessages?.join("\n"))),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests,
    failures: [...broken.map(({ name, message }) => describeFailure(name, message)), ...failed],
  };
}

/** The test and the first lines of why, without the colours and places of a terminal. */
export function describeFailure(test: string, message = ""): string {
  const plain = stripVTControlCharacters(message).replaceAll(`${projectDirectory}/`, "");
  return [test.replace(`${projectDirectory}/`, ""), ...plain.split("\n").slice(0, 12)].join("\n    ");
}

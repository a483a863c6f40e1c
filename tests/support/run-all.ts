import { z } from "zod";

import { sourceSteps } from "./check-steps";
import { describeTally, runSteps, type Step } from "./run-steps";

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

const steps: Step[] = [
  ...sourceSteps,
  { title: "Production build", program: "tests/support/build-command.ts", args: [] },
  {
    title: "Tests on a real PostgreSQL",
    program: "vitest",
    args: ["run", "--reporter=default", "--reporter=json", "--outputFile.json={report}"],
    env: process.argv.includes("--soak") ? { SOAK: "1" } : {},
    count: (report) => {
      const { numPassedTests, numFailedTests, numPendingTests, testResults } = vitestReport.parse(report);
      // A file that fails before its first test counts as one failure.
      const brokenFiles = testResults.filter(
        ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
      );
      return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length, skipped: numPendingTests };
    },
  },
  {
    title: "Journeys in Chromium",
    program: "playwright",
    args: ["test"],
    count: (report) => {
      const { expected, unexpected, flaky, skipped } = playwrightReport.parse(report).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  },
];

const sum = await runSteps(steps);
console.log(`\n${describeTally(sum)}`);
process.exitCode = sum.failed === 0 ? 0 : 1;

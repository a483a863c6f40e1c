import { z } from "zod";

import { sourceSteps, vitestStep } from "./check-steps";
import { describeTally, runSteps } from "./run-steps";

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

const sum = await runSteps([
  ...sourceSteps,
  { title: "Production build", program: "tests/support/build-command.ts", args: [] },
  vitestStep("Tests on a real PostgreSQL", { env: process.argv.includes("--soak") ? { SOAK: "1" } : {} }),
  {
    title: "Journeys in Chromium",
    program: "playwright",
    args: ["test"],
    count: (written) => {
      const { expected, unexpected, flaky, skipped } = playwrightReport.parse(written).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  },
]);
console.log(`\n${describeTally(sum)}`);
process.exitCode = sum.failed === 0 ? 0 : 1;

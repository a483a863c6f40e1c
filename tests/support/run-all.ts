import { sourceSteps, vitestStep } from "./check-steps";
import { countPlaywright } from "./count-playwright";
import { describeOutcome, runSteps } from "./run-steps";

const sum = await runSteps([
  ...sourceSteps,
  { title: "Production build", program: "tests/support/build-command.ts", args: [] },
  vitestStep("Tests on a real PostgreSQL", { env: process.argv.includes("--soak") ? { SOAK: "1" } : {} }),
  {
    title: "Journeys in Chromium",
    program: "playwright",
    args: ["test"],
    count: countPlaywright,
  },
]);
console.log(describeOutcome(sum));
process.exitCode = sum.failed === 0 ? 0 : 1;

import { sourceSteps, vitestStep } from "./check-steps";
import { describeOutcome, runSteps } from "./run-steps";

const sum = await runSteps([...sourceSteps, vitestStep("Tests without a database", { project: "source" })]);
console.log(`\n${describeOutcome(sum)}`);
process.exitCode = sum.failed === 0 ? 0 : 1;

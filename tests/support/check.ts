import { sourceSteps, vitestStep } from "./check-steps";
import { describeTally, runSteps } from "./run-steps";

const sum = await runSteps([...sourceSteps, vitestStep("Tests without a database", { project: "source" })]);
console.log(`\n${describeTally(sum)}`);
process.exitCode = sum.failed === 0 ? 0 : 1;

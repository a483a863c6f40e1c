import { readEnvironment } from "../../../db/environment";
import { startWorker } from "../../../db/jobs/worker";
import { operations } from "../../../db/operations/index";
import { trialOperations } from "./trial-operations";

/** Carries out one operation alone, and gets `signal` at one step of it. */
if (process.env.TRIAL_MIGRATIONS) Object.assign(globalThis, { securyflexMigrations: process.env.TRIAL_MIGRATIONS });
const [operationId, step, signal] = process.argv.slice(2);
const worker = await startWorker(readEnvironment(), {
  jobs: [],
  tickSeconds: 0.2,
  operations: [...operations, ...trialOperations].filter(({ id }) => id === operationId),
  onStep: (reached) => {
    if (reached === step) process.kill(process.pid, signal as NodeJS.Signals);
  },
});
process.once("SIGTERM", () => worker.stop());

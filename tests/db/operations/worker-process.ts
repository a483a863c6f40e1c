import { readEnvironment } from "../../../db/environment";
import { startWorker } from "../../../db/jobs/worker";
import { operations } from "../../../db/operations/index";
import { trialOperations } from "./trial-operations";

const [dieAt] = process.argv.slice(2);
const worker = await startWorker(readEnvironment(), {
  jobs: [],
  operations: [...operations, ...trialOperations],
  onStep: (step) => {
    if (step === dieAt) process.kill(process.pid, "SIGKILL");
  },
});
process.once("SIGTERM", () => worker.stop());

import { readEnvironment } from "../../../db/environment";
import { watchBoard } from "../../../db/jobs/watch-board";
import { startWorker } from "../../../db/jobs/worker";
import { trialJobs } from "./trial-jobs";

const names = process.argv.slice(2);
const worker = await startWorker(readEnvironment(), {
  jobs: [...trialJobs, watchBoard].filter(({ id }) => names.includes(id)),
});
process.once("SIGTERM", () => worker.stop());

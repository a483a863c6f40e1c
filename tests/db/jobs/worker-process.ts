import { readEnvironment } from "../../../db/environment";
import { startWorker } from "../../../db/jobs/worker";
import { trialJobs } from "./trial-jobs";

const names = process.argv.slice(2);
const worker = await startWorker(readEnvironment(), { jobs: trialJobs.filter(({ id }) => names.includes(id)) });
process.once("SIGTERM", () => worker.stop());

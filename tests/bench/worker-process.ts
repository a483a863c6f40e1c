import { readEnvironment } from "../../db/environment";
import { jobs } from "../../db/jobs";
import { checkFeatures } from "../../db/jobs/check-features";
import { readPanels } from "../../db/jobs/read-panels";
import { readStatements } from "../../db/jobs/read-statements";
import { watchServer } from "../../db/jobs/watch-server";
import { startWorker } from "../../db/jobs/worker";

/** A worker with the jobs of the database room alone, or with all; says that it runs and stops when it is told to. */
const isDatabaseRoom = process.argv[2] === "database room";
const chosen = isDatabaseRoom ? [readPanels, readStatements, watchServer, checkFeatures] : jobs;
const worker = await startWorker(readEnvironment(), { jobs: chosen });
process.send?.("runs");
process.once("message", async () => {
  await worker.stop();
  const { user, system } = process.cpuUsage();
  console.error(`worker, ${process.argv[2]}: ${((user + system) / 1e6).toFixed(1)} s of a core in all`);
  process.exit(0);
});

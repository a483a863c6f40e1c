import { EnvironmentError, readEnvironment } from "../environment";
import { startWorker } from "./worker";

try {
  const worker = await startWorker(readEnvironment());
  console.log(`worker: runs as ${worker.instanceId}`);
  const stop = async () => {
    await worker.stop();
    console.log("worker: stopped");
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { closeConnections } from "../../db/connections";
import { readEnvironment } from "../../db/environment";
import { startWorker } from "../../db/jobs/worker";
import { step } from "../../db/local/progress.mjs";
import { ensureBuild, isBuilt } from "./build.server";
import { checkDatabases } from "./check-databases.server";
import { choosePort } from "./choose-port.server";
import { type Life, live } from "./process-life.server";
import { readStartSettings } from "./start-settings.server";

const workerStopSeconds = 10;

/** What `npm start` runs, and with `--dev` what `npm run dev` runs. */
async function start(life: Life): Promise<void> {
  const mode = process.argv.includes("--dev") ? "development" : "production";
  // Set before the server is loaded: React and Remix decide by it which of their builds they are.
  process.env.NODE_ENV = mode;
  const settings = readStartSettings();
  const port = await choosePort(settings.port, settings.host);
  const isGiven = Boolean(process.env.DATABASE_URL || process.env.DATABASE_READ_URL);

  if (isGiven) await checkDatabases(console.log);
  // Loaded where it is wanted: the container image has no packages for it.
  const { openDemonstration } = isGiven ? {} : await import("./start-demonstration.server");
  const demonstration = await openDemonstration?.(life, settings);
  life.atEnd(() => closeConnections(2));

  if (mode === "production" && !isBuilt()) {
    await step("Building the console, about half a minute", () => ensureBuild({ signal: life.signal }), "Built");
  }
  const { startConsoleServer } = await import("./console-server.server");
  const { plainRoutes } = await import("../plain-routes.server");
  const server = await startConsoleServer({
    host: settings.host,
    port,
    mode,
    plainAnswers: plainRoutes,
    writeLine: demonstration?.writeLine,
  });
  life.atEnd(server.close);
  if (settings.isWorkerOn) {
    const worker = await startWorker(readEnvironment(), { stopSeconds: workerStopSeconds });
    life.atEnd(worker.stop);
  }
  await demonstration?.simulate?.();
  life.signal.throwIfAborted();

  console.log(`\nThe console is at ${server.url}`);
  for (const line of demonstration?.welcome ?? []) console.log(line);
  console.log("Ctrl-C stops it.\n");
}

await live(start);

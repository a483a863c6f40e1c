import { createWriteStream } from "node:fs";
import { join, relative } from "node:path";

import { consoleDatabase } from "../../db/connections";
import { localDirectory, projectDirectory } from "../../db/environment";
import type { DatabaseServer } from "../../db/local/cluster";
import { openDatabaseServer } from "../../db/local/database-server";
import { keepSecret, writeLocalEnvironment } from "../../db/local/local-environment";
import { step } from "../../db/local/progress.mjs";
import { isSeeded, seedSecuryflex } from "../../db/local/seed/seed";
import { startSimulator } from "../../db/local/simulator/simulator";
import { takeLocalFolder } from "../../db/local/sole-console";
import { prepareDatabases } from "../../db/migrations/prepare";
import { DemonstrationRefused, ensureDemonstrationStaff } from "../auth/demonstration-staff.server";
import { newPassphrase } from "../auth/new-passphrase.server";
import { explainFailure } from "./explain-failure.server";
import type { Life } from "./process-life.server";
import type { WriteLine } from "./request-log.server";
import type { StartSettings } from "./start-settings.server";

/** The simulator goes on with the stories of the same seed. */
const seed = 1;

export type Demonstration = {
  /** Lines with the sign-ins. */
  welcome: string[];
  /** Keeps the log of requests, begun anew with each start, so that the sign-ins stay in sight. */
  writeLine: WriteLine;
  /** Undefined where SIMULATOR is off. */
  simulate: (() => Promise<void>) | undefined;
};

/** A private database server with both databases, one believable day and an account for each role. */
export async function openDemonstration(life: Life, settings: StartSettings): Promise<Demonstration> {
  life.atEnd(takeLocalFolder(localDirectory));
  const server = await step(
    "Starting PostgreSQL",
    (report) => openDatabaseServer({ directory: localDirectory, signal: life.signal }, report),
    (opened: DatabaseServer) => opened.description,
  );
  life.atEnd(server.stop, server.stopNow);
  const environment = await writeLocalEnvironment(server.url);
  const url = environment.DATABASE_URL as string;
  await step("Databases, roles and migrations", (report) =>
    life.unlessStopped(prepareDatabases(environment, { onProgress: report })),
  );
  if (!(await isSeeded(url))) {
    await step(`Sixty days of shifts (${settings.seedSize})`, (report) =>
      life.unlessStopped(seedSecuryflex(url, { size: settings.seedSize, seed, asOf: new Date(), onProgress: report })),
    );
  }
  const welcome = await step("Staff of the demonstration", describeStaff);
  const speed = settings.simulatorSpeed;
  const logFile = join(localDirectory, "requests.log");
  const log = createWriteStream(logFile, { mode: 0o600 });
  life.atEnd(() => log.end());
  return {
    welcome: [...welcome, `  requests ${relative(projectDirectory, logFile)}`],
    writeLine: (line) => log.write(`${line}\n`),
    simulate:
      speed &&
      (async () => {
        const simulator = await startSimulator(url, {
          speed,
          seed,
          onError: (error) => console.error(`simulator: waits. ${explainFailure(error)}`),
        });
        life.atEnd(simulator.stop);
      }),
  };
}

async function describeStaff(): Promise<string[]> {
  const password = keepSecret("password", newPassphrase);
  try {
    const staff = await ensureDemonstrationStaff(consoleDatabase(), password);
    return [...staff.map(({ role, email }) => `  ${role.padEnd(9)}${email}`), `  password ${password}`];
  } catch (error) {
    if (!(error instanceof DemonstrationRefused)) throw error;
    return [`  ${error.message}`];
  }
}

import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { parseArgs } from "node:util";

import { openClient } from "../connections";
import { EnvironmentError, loginUrl, readEnvironment } from "../environment";
import { isFree } from "../local/free-port";
import * as schema from "../schema";
import { unreadableReason } from "./unreadable-reason";

/** `npm run db:studio -- --port 4984`: Drizzle Studio over SecuryFlex, for reading alone. */
const studio = "https://local.drizzle.studio";
const usualPort = 4983;

class StudioRefusal extends Error {}

try {
  await openStudio(readPort(process.argv.slice(2)));
} catch (error) {
  const isOurs = error instanceof StudioRefusal || error instanceof EnvironmentError;
  console.error(isOurs ? error.message : `The studio did not start: ${unreadableReason(error)}`);
  process.exit(1);
}

async function openStudio(port: number): Promise<void> {
  const url = loginUrl(readEnvironment(), "console_read");
  const name = await readDatabaseName(url);
  if (!(await isFree(port))) {
    throw new StudioRefusal(`The studio did not start: port ${port} is taken. Name another: --port ${port + 1}.`);
  }
  refuseStrangers(port);
  // The package prints its own address, which is not the one to open.
  const { startStudioPostgresServer } = await import("drizzle-kit/api").catch(() => {
    throw new StudioRefusal(
      "The studio did not start: drizzle-kit is not installed. npm ci brings it; an image has none.",
    );
  });
  await startStudioPostgresServer(schema, { url }, { host: "127.0.0.1", port });
  const page = port === usualPort ? studio : `${studio}?port=${port}`;
  console.log(`The database ${name} as console_read, which can read and change nothing: open ${page}
The page is loaded from the internet and asks this machine's 127.0.0.1:${port}, from which the rows come.
What is read there is not in the audit trail. Ctrl-C ends it.`);
}

/** Drizzle answers whoever asks; only its own page in a browser of this machine may. */
function refuseStrangers(port: number): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const { origin, host = "" } = request.headers;
    const isHere = [`127.0.0.1:${port}`, `localhost:${port}`].includes(host);
    if (origin !== studio || !isHere) request.socket.destroy();
  });
}

async function readDatabaseName(url: string): Promise<string> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console studio" });
  try {
    const [row] = await sql<[{ name: string }]>`select current_database() as name`;
    return row.name;
  } finally {
    await sql.end();
  }
}

function readPort(words: string[]): number {
  try {
    const { values } = parseArgs({ args: words, options: { port: { type: "string", default: String(usualPort) } } });
    const port = Number(values.port);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  } catch {
    // An unknown word is answered like a wrong value.
  }
  throw new StudioRefusal("The studio did not start: write --port with a number, or nothing.");
}

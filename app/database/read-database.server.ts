import { consoleDatabase, securyflex } from "../../db/connections";
import { listFeatureStates, summariseServerSamples } from "../../db/database/list-server-samples";
import { readServer } from "../../db/database/read-server";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { readEnvironment } from "../../db/environment";
import { readFeatures } from "../../db/features/read-features";
import { listMigrationStatuses } from "../../db/operations/list-migration-statuses";
import { isAnswering, pagePatienceMs } from "../../db/probe";

const hourMs = 3_600_000;

/** The server of SecuryFlex, what it permits the console, and what is pending; its own silence is an answer. */
export async function readDatabase() {
  const readAt = new Date();
  const db = securyflex("console_read");
  const consoleDb = consoleDatabase();
  const [isThere, samples, states] = await Promise.all([
    isAnswering("console_read", pagePatienceMs),
    summariseServerSamples(consoleDb, { since: new Date(readAt.getTime() - hourMs) }),
    listFeatureStates(consoleDb),
  ]);
  if (!isThere) {
    const silence = `SecuryFlex did not answer within ${pagePatienceMs} ms.`;
    return { readAt, server: silence, samples, features: null, pending: null };
  }
  const [server, readings, pending] = await Promise.all([
    readServer(db).catch(unreadableReason),
    readFeatures(db),
    listPending().catch(unreadableReason),
  ]);
  const features = readings.map((reading) => {
    const known = states.find(({ feature, state }) => feature === reading.id && state === reading.state);
    return { ...reading, since: known?.since ?? null };
  });
  return { readAt, server, samples, features, pending };
}

/** Labels of the migrations that a ledger lacks, each with its database. */
async function listPending(): Promise<string[]> {
  const statuses = await listMigrationStatuses(readEnvironment());
  return statuses.filter(({ ledger }) => !ledger).map(({ database, label }) => `${database} ${label}`);
}

export type DatabaseRead = Awaited<ReturnType<typeof readDatabase>>;

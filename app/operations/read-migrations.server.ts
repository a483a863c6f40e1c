import { data } from "@remix-run/node";

import type { SignedIn } from "~/auth/signed-in";
import { securyflex } from "../../db/connections";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { readEnvironment } from "../../db/environment";
import { consoleMigrations, readMigrations, readSecuryflexMigrations } from "../../db/migrations/migration-files";
import { type ListedMigration, listMigrationStatuses } from "../../db/operations/list-migration-statuses";
import { readMigrationState } from "../../db/operations/migration-state";
import { isAnswering, pagePatienceMs } from "../../db/probe";
import { actorOf } from "./actor.server";
import { readSide } from "./read-side.server";

/** So many of those that are pending are reviewed where they are listed; the others where they are opened. */
const mostReviewed = 3;

/** Both ledgers beside the files, and what stands before each pending migration of SecuryFlex. */
export async function readMigrationsPage(signedIn: SignedIn) {
  const readAt = new Date();
  const migrations = await readStatuses();
  const mayMigrate = actorOf(signedIn).may("database.migrate");
  if (typeof migrations === "string") return { readAt, migrations, mayMigrate, pending: [], newest: null, drift: null };
  const state = await readMigrationState(securyflex("console_read")).catch(unreadableReason);
  if (typeof state === "string") return { readAt, migrations, mayMigrate, pending: [], newest: null, drift: state };
  const pending = await Promise.all(
    state.pending.map(async (migration, position) => ({
      label: migration.label,
      review: position < mostReviewed ? await readSide(migration, "up", true) : null,
    })),
  );
  return { readAt, migrations, mayMigrate, pending, newest: state.newest?.label ?? null, drift: state.drift };
}

export type MigrationsRead = Awaited<ReturnType<typeof readMigrationsPage>>;

/** How many are pending, of both databases; or why that is not known. */
export async function readPendingCount(): Promise<{ pending: number; known: number } | string> {
  const statuses = await readStatuses();
  if (typeof statuses === "string") return statuses;
  return { pending: statuses.filter(({ ledger }) => !ledger).length, known: statuses.length };
}

async function readStatuses(): Promise<ListedMigration[] | string> {
  if (!(await isAnswering("console_read", pagePatienceMs)))
    return "SecuryFlex does not answer, so its ledger cannot be read.";
  return listMigrationStatuses(readEnvironment()).catch(unreadableReason);
}

/** One migration, statement by statement, both ways. Throws 404 where there is none. */
export async function readMigrationPage(
  { database, label }: { database: string | undefined; label: string | undefined },
  signedIn: SignedIn,
) {
  const readAt = new Date();
  const isConsole = database === "console";
  const files = isConsole ? readMigrations(consoleMigrations) : readSecuryflexMigrations();
  const migration = files.find((each) => each.label === label);
  if (!migration || !(isConsole || database === "securyflex")) throw notThere();
  const statuses = await readStatuses();
  const status =
    typeof statuses === "string"
      ? undefined
      : statuses.find((each) => each.label === label && (each.database === "console") === isConsole);
  const state = isConsole ? undefined : await readMigrationState(securyflex("console_read")).catch(() => undefined);
  const isNewest = state?.newest?.label === label;
  const isPending = status !== undefined && status.ledger === null;
  const [up, down] = await Promise.all([
    readSide(migration, "up", !isConsole && isPending, isConsole),
    readSide(migration, "down", isNewest && status?.ledger?.origin === "applied", isConsole),
  ]);
  return {
    readAt,
    label: migration.label,
    database: isConsole ? ("console" as const) : ("SecuryFlex" as const),
    ledger: status?.ledger ?? null,
    isKnown: status !== undefined,
    isNext: state?.pending[0]?.label === label,
    isNewest,
    mayMigrate: !isConsole && actorOf(signedIn).may("database.migrate"),
    isTransactional: { up: migration.up.isTransactional, down: migration.down.isTransactional },
    up,
    down,
  };
}

export type MigrationRead = Awaited<ReturnType<typeof readMigrationPage>>;

function notThere() {
  const title = "There is no such migration";
  return data({ title, message: "The page of the migrations names those there are." }, { status: 404 });
}

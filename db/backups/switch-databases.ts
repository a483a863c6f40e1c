import { setTimeout as sleep } from "node:timers/promises";

import { openClient } from "../connections";
import { OperationRefusal } from "../operation";
import { onDatabaseOf } from "./backup-place";
import { runFormatted } from "./run-formatted";

const isInUse = "55006";
const tries = 5;

/**
 * Gives `next` the name `current`, which is kept as `kept`: both names change in one transaction, while every session
 * of both is ended again and again. Throws OperationRefusal, with nothing changed, where some session will not go.
 */
export async function switchDatabases(
  url: string,
  { current, next, kept, note }: { current: string; next: string; kept: string; note: string },
): Promise<void> {
  const client = openClient(onDatabaseOf(url, "postgres"), { max: 2, applicationName: "securyflex-console switch" });
  const ending = new AbortController();
  const endSessions = async () => {
    while (!ending.signal.aborted) {
      await client`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname in (${current}, ${next}) and pid <> pg_backend_pid()`.catch(() => undefined);
      await sleep(100);
    }
  };
  const emptying = endSessions();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.begin(async (transaction) => {
          await runFormatted(transaction, "alter database %I rename to %I", current, kept);
          await runFormatted(transaction, "alter database %I rename to %I", next, current);
          await runFormatted(transaction, "comment on database %I is %L", kept, note);
        });
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== isInUse) throw error;
        if (attempt === tries)
          throw new OperationRefusal(
            `Nothing was switched: sessions or prepared transactions of ${current} or ${next} did not go.`,
          );
      }
    }
  } finally {
    ending.abort();
    await emptying;
    await client.end({ timeout: 2 });
  }
}

import { drizzle } from "drizzle-orm/postgres-js";

import { type Database, openClient, type Sql } from "../../connections";
import { loginUrl, readEnvironment } from "../../environment";
import { DatabaseSilent } from "../../outages";
import * as schema from "../../schema";

/** Longer than the statement timeout of console_read: a connection that is silent for so long is dead. */
const patienceMs = 8_000;

/**
 * One connection as console_read for the feed alone, so that busy pages do not hold it up. It opens at the first
 * question; one that does not answer in time is given up and the next question opens another.
 */
export function openFeedConnection(): {
  ask: <Answer>(question: (db: Database) => Promise<Answer>) => Promise<Answer>;
  close: () => void;
} {
  let client: Sql | undefined;
  const close = () => {
    client?.end({ timeout: 0 }).catch(() => {});
    client = undefined;
  };
  return {
    close,
    ask: async (question) => {
      client ??= openClient(loginUrl(readEnvironment(), "console_read"), {
        max: 1,
        applicationName: "securyflex-console feed",
      });
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          close();
          reject(new DatabaseSilent("The feed's connection was silent."));
        }, patienceMs);
      });
      const answer = question(drizzle(client, { schema }));
      answer.catch(() => {});
      try {
        return await Promise.race([answer, silence]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

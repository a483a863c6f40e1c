import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { createEmptyDatabase } from "../../support/databases";
import { until } from "../../support/until";

type Session = Pick<postgres.TransactionSql, "unsafe"> & Sql;

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let watcher: Sql;
beforeAll(async () => {
  database = await createEmptyDatabase();
  watcher = openClient(database.url, { max: 1, applicationName: "watcher" });
});
afterAll(async () => {
  await watcher.end();
  await database.drop();
});

const pidOf = async (session: Session) => (await session<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid;
let closedCount = 0;
const endSession = async (session: Session) => {
  const pid = (await pidOf(session)) as number;
  await watcher`select pg_terminate_backend(${pid})`;
  await until(() => closedCount === 1);
};
const endWithin = async (session: Session) => {
  const pid = (await pidOf(session)) as number;
  const sleeping = session`select pg_sleep(60)`.execute();
  const isAsleep = async () =>
    (await watcher`select from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`).length > 0;
  await Promise.all([sleeping, until(isAsleep).then(() => watcher`select pg_terminate_backend(${pid})`)]);
};
const begin = (client: Sql, work: (session: Session) => Promise<unknown>) =>
  client.begin((transaction) => work(transaction as unknown as Session));

const closings: [string, (client: Sql) => Promise<unknown>][] = [
  ["in a transaction while a statement runs", (client) => begin(client, endWithin)],
  [
    "in a transaction between two statements",
    (client) => begin(client, (session) => endSession(session).then(() => session`select 1`)),
  ],
  ["in a transaction that ends there", (client) => begin(client, endSession)],
  [
    "in a savepoint",
    (client) => client.begin((transaction) => transaction.savepoint((inner) => endWithin(inner as unknown as Session))),
  ],
  [
    "of a reserved connection",
    async (client) => {
      const session = (await client.reserve()) as unknown as Session & postgres.ReservedSql;
      await endSession(session);
      try {
        return await session`select 1`;
      } finally {
        session.release();
      }
    },
  ],
];

// What postgres.js would do instead ends the process, and with it this file.
test.each(closings)("a connection that the server closes %s is refused, and its pool goes on", async (_, work) => {
  closedCount = 0;
  const onClose = () => (closedCount += 1);
  const client = openClient(database.url, { max: 1, applicationName: "closing", onClose });
  try {
    await expect(work(client)).rejects.toThrow();
    const answers = () =>
      client`select 1`.then(
        () => true,
        () => false,
      );
    await until(answers);
  } finally {
    await client.end({ timeout: 1 });
  }
});

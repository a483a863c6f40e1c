import { setTimeout as pause } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { startTestConsole, type TestConsole } from "../../support/console";
import { type EventStream, openEventStream } from "../../support/event-stream";
import { checkInNow, playLiveDay } from "../../support/live-day";
import { type OwnCluster, openOwnCluster } from "../../support/own-cluster";
import { until } from "../../support/until";

const { checkins, writers, clients, restarts } = process.env.SOAK
  ? { checkins: 10_000, writers: 32, clients: 50, restarts: 5 }
  : { checkins: 2_000, writers: 16, clients: 20, restarts: 2 };

/** Five where the machine has nothing else to do. */
const resumeSeconds = process.env.SOAK ? 5 : 10;

let cluster: OwnCluster;
let ops: TestConsole;
let product: Sql;
let sessions: string[];

beforeAll(async () => {
  cluster = await openOwnCluster();
  ops = await startTestConsole({ databases: cluster.databases });
  product = openClient(cluster.databases.environment.DATABASE_URL as string, {
    max: writers,
    applicationName: "tests",
  });
  await playLiveDay(product, writers);
  sessions = await Promise.all([0, 1, 2].map(() => ops.signIn("ops")));
}, 240_000);
afterAll(async () => {
  await product?.end({ timeout: 2 });
  await ops?.close();
});

/** A client as the page is: it goes on from its place after each end of a stream. */
function keepFollowing(number: number) {
  const heard: number[] = [];
  const names: string[] = [];
  let stream: EventStream | undefined;
  let after: string | undefined;
  let isOver = false;
  const connect = async () => {
    stream = await openEventStream(ops.ask, {
      session: sessions[number % sessions.length] as string,
      after,
      onEvent: ({ name, id, changes }) => {
        names.push(name);
        if (name === "reset") after = undefined;
        if (id !== "") after = id;
        for (const [topic, entityId] of changes) if (topic === "checkin") heard.push(entityId);
      },
    });
    await stream.ended;
  };
  const run = async () => {
    for (; !isOver; await pause(100)) await connect().catch(() => {});
  };
  const running = run();
  return {
    heard,
    names,
    close: async () => {
      isOver = true;
      stream?.close();
      await running;
    },
  };
}

/** Reads the list of changes by "id greater than the last", as often as the reader looks. */
function followNaively(sql: Sql) {
  const heard: number[] = [];
  let lastId = 0;
  let isOver = false;
  const look = async () => {
    const rows = await sql<{ id: number; entityId: number }[]>`
      select id::integer, entity_id::integer as "entityId" from ops_outbox
      where id > ${lastId} and topic = 'checkin' order by id`;
    heard.push(...rows.map(({ entityId }) => entityId));
    lastId = rows.at(-1)?.id ?? lastId;
  };
  const run = async () => {
    for (; !isOver; await pause(20)) await look();
    await look();
  };
  const running = run();
  return {
    heard,
    close: async () => {
      isOver = true;
      await running;
    },
  };
}

/** Each writer is one guard. Every fifth transaction stays open for a while, so that later ones commit before it. */
async function write(count: number): Promise<number[]> {
  const ids: number[] = [];
  await Promise.all(
    Array.from({ length: writers }, async (_, index) => {
      for (let round = index; round < count; round += writers) {
        const id = await product.begin(async (transaction) => {
          const written = await checkInNow(transaction as unknown as Sql, index + 1);
          if (round % 5 === 0) await pause(20 + ((round * 37) % 400));
          return written;
        });
        ids.push(id);
      }
    }),
  );
  return ids.sort((one, other) => one - other);
}

const sorted = (ids: readonly number[]) => [...ids].sort((one, other) => one - other);

test(`${checkins} check-ins of ${writers} writers with late commits reach ${clients} pages, each once; by id some get lost`, async () => {
  const pages = Array.from({ length: clients }, (_, number) => keepFollowing(number));
  const reader = openClient(cluster.databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  const naive = followNaively(reader);
  await until(() => pages.every(({ names }) => names.includes("changes")), { withinSeconds: 30 });

  const written = await write(checkins);
  expect(written).toHaveLength(checkins);
  await until(() => pages.every(({ heard }) => heard.length >= checkins), { withinSeconds: 30 }).catch(() => {});
  await naive.close();
  await reader.end();
  for (const page of pages) {
    await page.close();
    expect(sorted(page.heard)).toEqual(written);
    expect(page.names).not.toContain("reset");
  }
  expect(new Set(naive.heard).size, "the naive twin loses what commits late").toBeLessThan(checkins);
}, 300_000);

test(`PostgreSQL restarts ${restarts} times under open pages: all go on within ${resumeSeconds} s of its return, nothing is lost or told twice`, async () => {
  const pages = Array.from({ length: clients }, (_, number) => keepFollowing(number));
  await until(() => pages.every(({ names }) => names.includes("changes")), { withinSeconds: 30 });
  const written: number[] = [];
  for (let restart = 1; restart <= restarts; restart += 1) {
    written.push(...(await write(writers)));
    await cluster.stop();
    await until(() => pages.every(({ names }) => names.at(-1) === "waiting"), { withinSeconds: 20 });
    await cluster.start();
    await until(() => pages.every(({ names }) => names.at(-1) !== "waiting"), { withinSeconds: resumeSeconds });
    written.push(...(await write(writers)));
    await until(() => pages.every(({ heard }) => heard.length >= written.length), { withinSeconds: 30 }).catch(
      () => {},
    );
  }
  for (const page of pages) {
    await page.close();
    expect(sorted(page.heard)).toEqual(sorted(written));
    expect(page.names).not.toContain("reset");
  }
}, 300_000);

test("after a crash, which may reuse numbers of transactions, every page begins anew", async () => {
  const page = keepFollowing(0);
  await until(() => page.names.includes("changes"), { withinSeconds: 30 });
  cluster.crash();
  await cluster.start();
  await until(() => page.names.includes("reset"), { withinSeconds: 20 });
  const place = page.names.length;
  await until(() => page.names.slice(place).includes("changes"), { withinSeconds: 20 });
  const [id] = await write(1);
  await until(() => page.heard.includes(id as number));
  await page.close();
}, 120_000);

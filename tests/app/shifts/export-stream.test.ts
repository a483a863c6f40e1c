import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { StreamEnded, writeChunks } from "../../../app/http/write-chunks.server";
import { readShiftSearch } from "../../../app/shifts/shift-search";
import { tellShiftsAsCsv } from "../../../app/shifts/shifts-csv.server";
import { type Database, openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import * as schema from "../../../db/schema";
import { engageCast, openAsOwner } from "../../db/live/board";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { until } from "../../support/until";

const shiftCount = 100_000;
const asOf = new Date("2026-11-22T13:00:00Z");
let databases: TestDatabases;
let client: Sql;
let db: Database;
let server: Server | undefined;

beforeAll(async () => {
  databases = await cloneDatabases();
  const owner = openAsOwner(databases.environment.DATABASE_URL as string);
  const cast = await engageCast(owner.db);
  await owner.db.execute(sql`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    select ${cast.companyId}, ${cast.clientId}, ${cast.locationId}, 'published', start, start + interval '8 hours', 30
    from generate_series(1, ${shiftCount}::integer) as n,
         lateral (select ${asOf.toISOString()}::timestamptz + (n % 5000) * interval '1 hour' as start) as planned`);
  await owner.db.execute(sql`analyze shifts`);
  await owner.close();
  client = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
  db = drizzle(client, { schema });
}, 120_000);
afterEach(() => server?.closeAllConnections());
afterAll(async () => {
  server?.close();
  await client.end();
  await databases.drop();
});

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heapMebibytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

type Watched = { rows: number; res: ServerResponse | undefined; ended: unknown; heaps: number[] };

/** An export over HTTP to `read`; what its server went through meanwhile. */
async function download(signal: AbortSignal): Promise<{ watched: Watched; answer: IncomingMessage }> {
  const watched: Watched = { rows: 0, res: undefined, ended: undefined, heaps: [] };
  const search = readShiftSearch(new URLSearchParams("from=&columns=id,start,location"), asOf);
  const question = { search, filter: {}, filterText: "none", sort: search.sort, count: shiftCount, asOf };
  server?.close();
  server = createServer(async (_req, res) => {
    watched.res = res;
    const onRows = (rows: number) => {
      watched.rows = rows;
      if (rows % 20_000 === 0) watched.heaps.push(heapMebibytes());
    };
    try {
      await writeChunks(res, tellShiftsAsCsv(db, question, onRows), { signal, stallSeconds: 60 });
      res.end();
      watched.ended = "whole";
    } catch (error) {
      watched.ended = error;
      res.destroy();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [answer] = (await once(get({ port, host: "127.0.0.1" }), "response")) as [IncomingMessage];
  return { watched, answer };
}

test("a hundred thousand shifts are sent whole, each once, without memory that grows with them", async () => {
  const { watched, answer } = await download(new AbortController().signal);
  const seen = new Set<number>();
  let rest = "";
  let lastLine = "";
  for await (const chunk of answer.setEncoding("utf8")) {
    const lines = (rest + chunk).split("\r\n");
    rest = lines.pop() as string;
    for (const line of lines) {
      lastLine = line;
      const id = line.match(/^(\d+),2/)?.[1];
      if (id) seen.add(Number(id));
    }
  }
  expect(watched.ended).toBe("whole");
  expect(lastLine).toBe(`End of export,${shiftCount}`);
  expect(seen.size).toBe(shiftCount);
  const [first = 0] = watched.heaps;
  expect(Math.max(...watched.heaps) - first).toBeLessThan(15);
}, 120_000);

test("a reader who stops reading stops the questions to the database, and nothing piles up", async () => {
  const stop = new AbortController();
  const { watched, answer } = await download(stop.signal);
  answer.pause();
  await until(() => watched.res?.writableNeedDrain, { withinSeconds: 30 });
  const held = watched.rows;
  expect(held).toBeLessThan(shiftCount / 2);
  expect(watched.res?.writableLength).toBeLessThan(1024 * 1024);
  // Questions of another kind pass meanwhile, none of the export's.
  for (let n = 0; n < 200; n += 1) await db.execute(sql`select 1`);
  expect(watched.rows).toBe(held);
  stop.abort();
  await until(() => watched.ended, { withinSeconds: 30 });
  expect(watched.ended).toBeInstanceOf(StreamEnded);
}, 120_000);

test("a reader who goes ends the export, and what was sent has no last line", async () => {
  const { watched, answer } = await download(new AbortController().signal);
  let sent = "";
  answer.setEncoding("utf8").on("data", (chunk) => {
    sent += chunk;
    if (sent.length > 10_000) answer.destroy();
  });
  await until(() => watched.ended, { withinSeconds: 30 });
  expect(watched.ended).toBeInstanceOf(StreamEnded);
  expect(watched.rows).toBeLessThan(shiftCount);
  expect(sent).not.toContain("End of export");
}, 120_000);

import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { analyzeTable } from "../../../db/operations/analyze-table";
import { cancelQuery } from "../../../db/operations/cancel-query";
import { createIndexConcurrently } from "../../../db/operations/create-index-concurrently";
import { dropIndexConcurrently } from "../../../db/operations/drop-index-concurrently";
import { reindexIndexConcurrently } from "../../../db/operations/reindex-index-concurrently";
import { cancelRun } from "../../../db/operations/runs/decide-run";
import { getRun } from "../../../db/operations/runs/list-runs";
import { callsToProve } from "../../../db/operations/statement-proof";
import { terminateBackend } from "../../../db/operations/terminate-backend";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";

let stage: Stage;
let worker: Worker;

beforeAll(async () => {
  stage = await openStage();
  await stage.owner`create table parcels (id integer primary key, weight_grams integer, "Odd name" text)`;
  await stage.owner`alter table parcels owner to console_admin`;
  await stage.owner`create table depots (id integer generated always as identity)`;
  await stage.owner`grant insert on depots to console_ops`;
  await stage.owner`insert into parcels select number, number, 'x' from generate_series(1, 2000) as number`;
  worker = await startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
});
afterAll(async () => {
  await worker.stop();
  await stage.close();
});

/** A client of the product; `close` also where it was ended by the server. */
async function openSession(applicationName = "product", login: "owner" | "console_ops" = "console_ops") {
  const sql = openClient(loginUrl(stage.environment, login), { max: 1, applicationName });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return { sql, pid: row?.pid as number, close: () => sql.end({ timeout: 0 }).catch(() => undefined) };
}

const isAlive = async (pid: number) => (await stage.owner`select from pg_stat_activity where pid = ${pid}`).length > 0;

test("a table is analyzed, one that does not exist is refused, and one that another holds is left out", async () => {
  const run = await stage.ended((await stage.ask(analyzeTable, { table: "parcels" })).id);
  expect(run).toMatchObject({ state: "done", target: "public.parcels", risk: "low" });
  expect(run.proof?.[0]).toMatchObject({ label: "Last analyze", before: "never", after: expect.stringMatching(/^20/) });
  await expect(stage.ask(analyzeTable, { table: "no_such" })).rejects.toThrow("There is no table no_such");
  await expect(stage.ask(analyzeTable, { table: "parcels; drop table parcels" })).rejects.toThrow("There is no table");

  const holder = await stage.owner.reserve();
  await holder`begin`;
  await holder`lock table parcels in access exclusive mode`;
  const held = await stage.ended((await stage.ask(analyzeTable, { table: "public.parcels" })).id);
  await holder`rollback`;
  holder.release();
  expect(held).toMatchObject({ state: "failed", outcome: expect.stringMatching(/holds a lock/) });
});

test("an index is built, rebuilt and dropped, each with what it was before and after", async () => {
  const input = { table: "public.parcels", columns: ["Odd name", "weight_grams"] };
  const built = await stage.ended((await stage.ask(createIndexConcurrently, input)).id);
  expect(built).toMatchObject({ state: "done", outcome: expect.stringMatching(/was built and is valid/) });
  expect(built.proof?.[0]?.after).toContain('("Odd name", weight_grams)');
  await expect(stage.ask(createIndexConcurrently, input)).rejects.toThrow(/already/);
  await expect(stage.ask(createIndexConcurrently, { ...input, columns: ["none"] })).rejects.toThrow(/no column none/);

  const name = built.target;
  const rebuilt = await stage.ended((await stage.ask(reindexIndexConcurrently, { index: name })).id);
  expect(rebuilt).toMatchObject({ state: "done", outcome: expect.stringMatching(/was rebuilt/) });

  const dropped = await stage.ended((await stage.ask(dropIndexConcurrently, { index: name })).id);
  expect(dropped).toMatchObject({ state: "done", risk: "high", outcome: `${name} was dropped.` });
  expect(dropped.proof?.[0]).toMatchObject({ before: built.proof?.[0]?.after, after: "none" });
  await expect(stage.ask(dropIndexConcurrently, { index: "public.parcels_pkey" })).rejects.toThrow(/parcels_pkey/);
});

test("on a partitioned table nothing is done concurrently, on its partitions it is", async () => {
  await stage.owner`create table routes (id integer, region text) partition by list (region)`;
  await stage.owner`create table routes_north partition of routes default`;
  await stage.owner`alter table routes owner to console_admin`;
  await stage.owner`alter table routes_north owner to console_admin`;
  const planned = await stage.plan(createIndexConcurrently, { table: "public.routes", columns: ["id"] });
  expect(planned.plan.refusals).toEqual([expect.stringMatching(/^public\.routes is partitioned.*on each partition/)]);
  const built = await stage.ended(
    (await stage.ask(createIndexConcurrently, { table: "public.routes_north", columns: ["id"] })).id,
  );
  expect(built).toMatchObject({ state: "done" });
  await stage.owner`create index routes_id_idx on routes (id)`;
  for (const operation of [reindexIndexConcurrently, dropIndexConcurrently]) {
    const { plan } = await stage.plan(operation, { index: "public.routes_id_idx" });
    expect(plan.refusals).toEqual([expect.stringContaining("is of a partitioned table")]);
  }
});

test("an index for a statement is proved by what its calls take before and after", async () => {
  await stage.owner`create table letters (id integer, grams integer)`;
  await stage.owner`alter table letters owner to console_admin`;
  await stage.owner`grant select on letters to console_read`;
  await stage.owner`insert into letters select number, number from generate_series(1, 40000) as number`;
  await stage.owner`analyze letters`;
  const weigh = (grams: number) => stage.owner`select id from letters where grams = ${grams}`;
  for (const grams of [1, 2, 3]) await weigh(grams);
  const [counted] = await stage.owner<{ queryId: string }[]>`
    select queryid::text as "queryId" from pg_stat_statements
    where query = 'select id from letters where grams = $1'
      and dbid = (select oid from pg_database where datname = current_database())`;
  const statement = counted?.queryId as string;
  const run = await stage.ask(createIndexConcurrently, { table: "letters", columns: "grams", statement });
  const waits = async () => (await getRun(stage.console, run.id))?.progress?.phase.includes(statement) ?? false;
  await until(waits, { withinSeconds: 30 });
  for (let grams = 0; grams < callsToProve; grams += 1) await weigh(grams);
  const { proof } = await stage.ended(run.id);
  const [mean, cost] = (proof ?? []).slice(-2);
  expect(mean).toMatchObject({
    label: `Mean time of statement ${statement}`,
    before: expect.stringMatching(/ ms over 3 calls$/),
    after: expect.stringMatching(new RegExp(` ms over ${callsToProve} calls$`)),
  });
  expect(Number(cost?.after)).toBeLessThan(Number(cost?.before) / 10);
});

test("an index that is read needs a second person to be dropped", async () => {
  await stage.owner`create index parcels_weight_idx on parcels (weight_grams)`;
  await stage.owner`alter index parcels_weight_idx owner to console_admin`.catch(() => undefined);
  expect(await stage.plan(dropIndexConcurrently, { index: "parcels_weight_idx" })).toMatchObject({ risk: "high" });
  const reader = await openSession("reader", "owner");
  await reader.sql.begin(async (transaction) => {
    await transaction`set local enable_seqscan = off`;
    await transaction`select * from parcels where weight_grams = 7`;
  });
  await reader.close();
  await until(
    async () => (await stage.plan(dropIndexConcurrently, { index: "parcels_weight_idx" })).risk === "critical",
    { withinSeconds: 20 },
  );
});

test("a build that waits says for whom, and one that is called off leaves no invalid index", async () => {
  const holder = await openSession("payroll export", "owner");
  try {
    await holder.sql.begin(async (transaction) => {
      await transaction`select count(*) from parcels`;
      await transaction`lock table parcels in row exclusive mode`;
      const run = await stage.ask(createIndexConcurrently, { table: "parcels", columns: "weight_grams, id" });
      await until(async () => (await stage.logOf(run.id)).some((line) => line.includes("payroll export")), {
        withinSeconds: 20,
      });
      await cancelRun(stage.console, { run, operation: createIndexConcurrently, actor: stage.requester });
      await until(async () => (await stage.logOf(run.id)).some((line) => line.startsWith("drop index")), {
        withinSeconds: 20,
      });
      throw new Error("let go");
    });
  } catch (error) {
    expect((error as Error).message).toBe("let go");
  } finally {
    await holder.close();
  }
  await until(
    async () =>
      (await stage.owner`select from pg_index where not indisvalid and indrelid = 'parcels'::regclass`).length === 0,
  );
  const [run] =
    await stage.consoleOwner`select id from operation_runs where target = 'public.parcels_weight_grams_id_idx'`;
  expect(await stage.ended(run?.id)).toMatchObject({ state: "cancelled" });
});

test("an invalid index of the same name that an earlier build left is dropped before the next", async () => {
  await stage.owner`create index parcels_id_weight_grams_idx on parcels (id, weight_grams)`;
  await stage.owner`update pg_index set indisvalid = false where indexrelid = 'parcels_id_weight_grams_idx'::regclass`;
  const run = await stage.ask(createIndexConcurrently, { table: "parcels", columns: "id, weight_grams" });
  expect(await stage.ended(run.id)).toMatchObject({ state: "done" });
  expect(await stage.logOf(run.id)).toContain("drop index concurrently if exists public.parcels_id_weight_grams_idx");
});

test("a session that sleeps in a transaction is ended and frees who waits; an idle one is not cancelled", async () => {
  const culprit = await openSession();
  const victim = await openSession("victim", "owner");
  const reserved = await culprit.sql.reserve();
  try {
    await reserved`begin`;
    await reserved`insert into depots default values`;
    const blocked = victim.sql.begin((transaction) => transaction`lock table depots in access exclusive mode`);
    blocked.catch(() => undefined);
    await until(async () => {
      const { plan } = await stage.plan(terminateBackend, { pid: culprit.pid });
      return plan.consequences.some((line) => line.startsWith("1 session waits for it"));
    });
    const { plan } = await stage.plan(terminateBackend, { pid: culprit.pid });
    expect(plan.consequences.join(" ")).toContain("has written: all of that would be rolled back");
    await expect(stage.ask(cancelQuery, { pid: culprit.pid })).rejects.toThrow(/runs nothing now/);
    const run = await stage.ended((await stage.ask(terminateBackend, { pid: culprit.pid })).id);
    expect(run).toMatchObject({ state: "done", outcome: `The session pid ${culprit.pid} has ended.` });
    expect(run.proof?.[1]).toEqual({ label: "Sessions that waited for it", before: "1", after: "0" });
    await blocked;
    expect(await isAlive(culprit.pid)).toBe(false);
    expect(await isAlive(victim.pid)).toBe(true);
    expect(await stage.owner`select from depots`).toHaveLength(0);
  } finally {
    await culprit.close();
    await victim.close();
  }
  await expect(stage.ask(terminateBackend, { pid: culprit.pid })).rejects.toThrow(/There is no session/);
});

test("a query is stopped and its session goes on", async () => {
  const client = await openSession();
  try {
    const sleeping = client.sql`select pg_sleep(14)`.catch((error: { code?: string }) => error.code);
    await until(async () => (await stage.plan(cancelQuery, { pid: client.pid })).plan.refusals.length === 0);
    expect(await stage.ended((await stage.ask(cancelQuery, { pid: client.pid })).id)).toMatchObject({ state: "done" });
    expect(await sleeping).toBe("57014");
    expect(await client.sql`select 1 as one`).toEqual([{ one: 1 }]);
  } finally {
    await client.close();
  }
});

test("a WAL sender, a session of a superuser, of the console and of another database are refused; who borrows the console's name is not", async () => {
  const sender = postgres(stage.environment.DATABASE_URL as string, {
    max: 1,
    fetch_types: false,
    connection: { replication: "database" } as never,
  });
  const own = openClient(loginUrl(stage.environment, "console_read"), {
    max: 1,
    applicationName: "securyflex-console x",
  });
  const superuser = await openSession("psql", "owner");
  const lookalike = await openSession("securyflex-console worker", "owner");
  const refusals = async (pid: number) => (await stage.plan(terminateBackend, { pid })).plan.refusals.join(" ");
  try {
    await sender.unsafe("IDENTIFY_SYSTEM").simple();
    const [walsender] = await stage.owner<{ pid: number }[]>`
      select pid from pg_stat_activity where backend_type = 'walsender' and datname = current_database()`;
    expect(await refusals(walsender?.pid as number)).toMatch(/sends WAL/);
    const [reader] = await own<{ pid: number }[]>`select pg_backend_pid() as pid`;
    expect(await refusals(reader?.pid as number)).toMatch(/session of this console/);
    expect(await refusals(superuser.pid)).toMatch(/of a superuser/);
    expect(await refusals(lookalike.pid)).toMatch(/of a superuser/);
    const [checkpointer] = await stage.owner<{ pid: number }[]>`
      select pid from pg_stat_activity where backend_type = 'checkpointer'`;
    expect(await refusals(checkpointer?.pid as number)).toMatch(/process of the server itself/);
  } finally {
    await Promise.all([sender.end({ timeout: 0 }), own.end(), superuser.close(), lookalike.close()]);
  }
});

test("a pid that another session has by now is left alone", async () => {
  const client = await openSession();
  try {
    const run = await stage
      .ask(terminateBackend, { pid: client.pid }, { confirmation: { digest: "of another session" } })
      .catch((error: Error) => error.message);
    expect(run).toMatch(/not the one that you saw/);
    expect(await isAlive(client.pid)).toBe(true);
  } finally {
    await client.close();
  }
});

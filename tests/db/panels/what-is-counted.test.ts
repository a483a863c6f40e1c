import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeRow, type Panel, type PanelRow } from "../../../db/panel";
import { cacheAndReads } from "../../../db/panels/cache-and-reads";
import { costlyStatements } from "../../../db/panels/costly-statements";
import { databaseActivity } from "../../../db/panels/database-activity";
import { databaseSizes } from "../../../db/panels/database-sizes";
import { hitRatios } from "../../../db/panels/hit-ratios";
import { ioByBackend } from "../../../db/panels/io-by-backend";
import { relationSizes } from "../../../db/panels/relation-sizes";
import { statementMeans } from "../../../db/panels/statement-means";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(18);
  stage = await openStage(server.url);
  await run("create extension pg_stat_statements");
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

const run = (statement: string) => stage.owner.unsafe(statement);
const only = async (panel: Panel) => (await stage.rows(panel))[0] as PanelRow;
const flush = () => run("select pg_stat_force_next_flush()");

/** The row of a panel whose column has a value; undefined where there is none. */
async function find(panel: Panel, column: string, value: unknown): Promise<PanelRow | undefined> {
  return (await stage.rows(panel)).find((row) => row[column] === value);
}

/** A table that no shared buffer holds, for a rewrite goes past them; how many blocks it has. */
async function makeCold(name: string): Promise<number> {
  await run(`create table ${name} as select n as id, repeat('x', 500) as note from generate_series(1, 3000) as n`);
  await run(`vacuum full ${name}`);
  await flush();
  const [row] = await stage.owner<{ blocks: number }[]>`
    select (pg_relation_size(${name}::text::regclass) / 8192)::integer as blocks`;
  return row?.blocks as number;
}

test(
  "reads of a table are told as from outside the cache, then as found in it, until the statistics begin anew",
  storyOf(cacheAndReads, async () => {
    const [blocks] = [await makeCold("rounds"), await makeCold("unread")];
    await run("select pg_stat_reset()");
    const rounds = () => find(cacheAndReads, "table", "public.rounds");
    await until(async () => (await rounds())?.heapBlocksRead === 0);
    expect(await rounds()).toMatchObject({ heapHitRatio: null, indexHitRatio: null });
    await run("select count(*) from rounds");
    await flush();
    await until(async () => (await rounds())?.heapBlocksRead === blocks);
    expect(await rounds()).toMatchObject({ heapHitRatio: 0, sequentialScans: 1, indexHitRatio: null });
    await run("select count(*) from rounds");
    await flush();
    await until(async () => (await rounds())?.heapBlocksHit === blocks);
    expect(await rounds()).toMatchObject({ heapBlocksRead: blocks, heapHitRatio: 0.5 });
    expect(await find(cacheAndReads, "table", "public.unread")).toMatchObject({
      heapBlocksRead: 0,
      heapHitRatio: null,
    });
    await run("select pg_stat_reset_single_table_counters('rounds'::regclass)");
    expect(await rounds()).toMatchObject({ heapBlocksRead: 0, heapBlocksHit: 0, heapHitRatio: null });
    await run("drop table rounds, unread");
  }),
);

test(
  "the share found in the cache is unknown before the first read, and follows the reads of all tables; catalogs are none",
  storyOf(hitRatios, async () => {
    const blocks = (await makeCold("one")) + (await makeCold("other"));
    await run("select pg_stat_reset()");
    await run("select count(*) from pg_class");
    await flush();
    await until(async () => (await only(hitRatios)).tableBlocksRead === 0);
    expect(await only(hitRatios)).toMatchObject({ tableHitRatio: null, indexHitRatio: null });
    await run("select (select count(*) from one) + (select count(*) from other)");
    await flush();
    await until(async () => (await only(hitRatios)).tableBlocksRead === blocks);
    expect(await only(hitRatios)).toMatchObject({ tableHitRatio: 0 });
    await run("select (select count(*) from one) + (select count(*) from other)");
    await flush();
    await until(async () => (await only(hitRatios)).tableBlocksHit === blocks);
    expect(await only(hitRatios)).toMatchObject({ tableHitRatio: 0.5 });
    await run("drop table one, other");
    await until(async () => (await only(hitRatios)).tableHitRatio === null);
  }),
);

test(
  "a page that fails its checksum is critical until the index is built anew; other errors are counted and not judged",
  storyOf(databaseActivity, async () => {
    await run("select pg_stat_reset()");
    await until(async () => Number((await only(databaseActivity)).rollbacks) === 0);
    expect(judgeRow(databaseActivity, await only(databaseActivity))).toBe("ok");
    await expect(run("select 1 / 0")).rejects.toThrow("division by zero");
    await flush();
    await until(async () => Number((await only(databaseActivity)).rollbacks) >= 1);
    expect(judgeRow(databaseActivity, await only(databaseActivity))).toBe("ok");

    await run("create table payouts as select generate_series(1, 2000) as id");
    await run("create index payouts_id on payouts (id)");
    const [place] = await stage.owner<{ folder: string; path: string }[]>`
      select current_setting('data_directory') as folder, pg_relation_filepath('payouts_id') as path`;
    const file = openSync(join(String(place?.folder), String(place?.path)), "r+");
    for (const block of [1, 2, 3]) writeSync(file, "broken", block * 8192 + 4000);
    closeSync(file);
    await run("set enable_seqscan = off; set enable_bitmapscan = off");
    await expect(run("select id from payouts where id = 7")).rejects.toThrow("invalid page");
    await flush();
    await until(async () => judgeRow(databaseActivity, await only(databaseActivity)) === "critical");
    expect(await only(databaseActivity)).toMatchObject({ checksumFailures: expect.any(Number) });

    await run("reindex index payouts_id");
    await run("select pg_stat_reset()");
    await run("select id from payouts where id = 7");
    await flush();
    await until(async () => judgeRow(databaseActivity, await only(databaseActivity)) === "ok");
    await run("reset enable_seqscan; reset enable_bitmapscan; drop table payouts");
  }),
);

test(
  "a database grows and shrinks with its tables and no other does; one that a stranger may not enter is unknown to him",
  storyOf(databaseSizes, async () => {
    const own = new URL(stage.url).pathname.slice(1);
    const size = async (name: string) => Number((await find(databaseSizes, "database", name))?.sizeBytes);
    const [before, other] = [await size(own), await size("template0")];
    await run("create table days as select repeat('x', 500) as note from generate_series(1, 4000)");
    const [days] = await run("select pg_total_relation_size('days')::float8 as bytes");
    expect(await size(own)).toBeGreaterThanOrEqual(before + Number(days?.bytes));
    expect(await size("template0")).toBe(other);
    await run("drop table days; checkpoint");
    await until(async () => (await size(own)) < before + Number(days?.bytes));
    await run("create database closed");
    await run("revoke connect on database closed from public");
    const seen = await stage.rows(databaseSizes, "stranger");
    expect(seen.find(({ database }) => database === "closed")).toMatchObject({ sizeBytes: null });
    expect(await size("closed")).toBeGreaterThan(0);
    await run("drop database closed");
  }),
);

test(
  "a table is told with its rows, indexes and long values until it is dropped; a temporary one and a bare parent are not",
  storyOf(relationSizes, async () => {
    const notes = () => find(relationSizes, "table", "public.notes");
    expect(await notes()).toBeUndefined();
    await run(`
      create temporary table passing (id integer);
      create table parent (at date) partition by range (at);
      create table notes (id integer primary key, note text);
      alter table notes alter note set storage external;
      insert into notes select n, repeat('x', 9000) from generate_series(1, 300) as n`);
    const [truth] = await run(`
      select pg_total_relation_size('notes')::float8 as "totalBytes", pg_relation_size('notes')::float8 as "heapBytes",
             pg_indexes_size('notes')::float8 as "indexBytes", pg_total_relation_size(reltoastrelid)::float8 as "toastBytes"
      from pg_class where relname = 'notes'`);
    const row = await notes();
    expect(row).toMatchObject({ ...truth, rows: -1 });
    expect(row?.toastBytes).toBeGreaterThan(300 * 9000);
    const names = (await stage.rows(relationSizes)).map(({ table }) => String(table));
    expect(names.filter((name) => /parent|passing/.test(name))).toEqual([]);
    await run("truncate notes");
    expect(await notes()).toMatchObject({ heapBytes: 0 });
    await run("drop table notes, parent, passing");
    expect(await notes()).toBeUndefined();
  }),
);

test(
  "who reads and writes is told from the first block until the statistics begin anew; what stays in memory reads nothing",
  storyOf(ioByBackend, async () => {
    const temporary = async () =>
      (await stage.rows(ioByBackend)).find(
        ({ backend, object }) => backend === "client backend" && object === "temp relation",
      );
    expect(await temporary()).toBeUndefined();
    const session = stage.connect("report");
    await session.unsafe("set temp_buffers = '800kB'");
    await session.unsafe("create temporary table small as select generate_series(1, 100) as n");
    await session.unsafe("select count(*) from small");
    await session.unsafe("select pg_stat_force_next_flush()");
    await until(async () => Number((await temporary())?.hits) > 0);
    expect(await temporary()).toMatchObject({ readBytes: 0, writtenBytes: 0, evictions: 0 });
    await session.unsafe(
      "create temporary table large as select repeat('x', 500) as note from generate_series(1, 8000)",
    );
    await session.unsafe("select count(*) from large");
    await session.unsafe("select pg_stat_force_next_flush()");
    await until(async () => Number((await temporary())?.readBytes) > 2 * 1024 ** 2);
    const told = await temporary();
    expect(told?.context).toBe("normal");
    expect(told?.readSeconds).toEqual(expect.any(Number));
    expect(told?.writtenBytes).toBeGreaterThan(2 * 1024 ** 2);
    expect(told?.evictions).toBeGreaterThan(0);
    await session.end();
    await run("select pg_stat_reset_shared('io')");
    await until(async () => (await temporary()) === undefined);
  }),
);

test(
  "one slow call among many is no finding, one in eleven is, until the quick ones outnumber it",
  storyOf(statementMeans, async () => {
    await run("create table calls (id integer)");
    const quick = async (times: number) => {
      for (let n = 0; n < times; n += 1) await run("select count(*) from calls");
    };
    const slow = () => run("select pg_sleep(0.15)");
    await run("select pg_stat_statements_reset()");
    await quick(40);
    expect(judgeRow(statementMeans, await only(statementMeans))).toBe("ok");
    await slow();
    expect(judgeRow(statementMeans, await only(statementMeans))).toBe("ok");
    for (const _ of [2, 3, 4]) await slow();
    expect(judgeRow(statementMeans, await only(statementMeans))).toBe("warning");
    expect((await only(statementMeans)).p50MeanMilliseconds).toBeLessThan(100);
    await quick(80);
    expect(judgeRow(statementMeans, await only(statementMeans))).toBe("ok");
    expect(await stage.reading(statementMeans, "stranger")).toMatchObject({
      sentence: "Not permitted: needs pg_read_all_stats.",
    });
  }),
);

test(
  "a statement is told by its kind, its calls and its time until the statistics begin anew; the console's are not",
  storyOf(costlyStatements, async () => {
    await run("select pg_stat_statements_reset()");
    const slept = () => find(costlyStatements, "statement", "select pg_sleep($1)");
    expect(await slept()).toBeUndefined();
    await run("select pg_sleep(0.2)");
    await run("select pg_sleep(0.3)");
    const [costliest] = await stage.rows(costlyStatements);
    expect(costliest).toMatchObject({ statement: "select pg_sleep($1)", user: "postgres", level: "top", calls: 2 });
    expect(costliest?.totalMilliseconds).toBeGreaterThanOrEqual(500);
    const asked = (await stage.rows(costlyStatements)).map(({ statement }) => String(statement));
    expect(asked.filter((statement) => statement.includes("ops-console"))).toEqual([]);
    await run("select pg_stat_statements_reset()");
    expect(await slept()).toBeUndefined();
  }),
);

import { once } from "node:events";

import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeRow, type Panel, type PanelRow } from "../../../db/panel";
import { checkpoints } from "../../../db/panels/checkpoints";
import { replication } from "../../../db/panels/replication";
import { walWritten } from "../../../db/panels/wal-written";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(18, { full_page_writes: "on" });
  stage = await openStage(server.url);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

const run = (statement: string) => stage.owner.unsafe(statement);
const only = async (panel: Panel) => (await stage.rows(panel))[0] as PanelRow;
const megabyte = 1024 ** 2;
const write = (megabytes: number) =>
  run(`select pg_logical_emit_message(false, 'tests', repeat('x', ${megabytes * megabyte}))`);

/** A receiver of WAL as a standby is one, which says what it has only when it is told to. */
async function receive(url: string, name: string) {
  const client = postgres(url, {
    max: 1,
    fetch_types: false,
    prepare: false,
    connection: { application_name: name, replication: "true" },
  });
  const [system] = await client.unsafe("IDENTIFY_SYSTEM").simple();
  const stream = await client.unsafe(`START_REPLICATION PHYSICAL ${system?.xlogpos}`).writable();
  stream.on("error", () => {}); // its end, as the test wishes it
  stream.on("data", () => {});
  return {
    /** Says that all before `position`, a number of bytes of WAL, is written, flushed and replayed. */
    acknowledge: (position: bigint) => {
      const message = Buffer.alloc(34);
      message.write("r");
      for (const offset of [1, 9, 17]) message.writeBigUInt64BE(position, offset);
      stream.write(message);
    },
    close: async () => {
      const closed = once(stream, "close");
      stream.destroy();
      await Promise.race([closed, client.end({ timeout: 1 })]);
    },
  };
}

async function endOfWal(): Promise<bigint> {
  const [row] = await run("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as position");
  return BigInt(row?.position);
}

test(
  "a receiver is told while it is there, and is a warning while 64 MiB are not replayed by it",
  storyOf(replication, async () => {
    expect(await stage.rows(replication)).toEqual([]);
    const standby = await receive(server.url, "standby");
    await until(async () => (await only(replication))?.state === "streaming");
    expect(await only(replication)).toMatchObject({ receiver: "standby", synchronous: "async", unreplayedBytes: null });
    expect(judgeRow(replication, await only(replication))).toBe("unknown");
    // The server writes WAL by itself too, so that only one reading tells all of it.
    const catchUp = async () => {
      let row = await only(replication);
      await until(async () => {
        standby.acknowledge(await endOfWal());
        row = await only(replication);
        return row.unreplayedBytes === 0 && row.unsentBytes === 0;
      });
      return row;
    };
    const caughtUp = await catchUp();
    expect(caughtUp).toMatchObject({ unflushedBytes: 0, replaySeconds: 0 });
    expect(judgeRow(replication, caughtUp)).toBe("ok");

    await write(60);
    await until(async () => Number((await only(replication)).unreplayedBytes) >= 60 * megabyte);
    await until(async () => (await only(replication)).unsentBytes === 0);
    expect(judgeRow(replication, await only(replication))).toBe("ok");
    await write(8);
    await until(async () => judgeRow(replication, await only(replication)) === "warning");
    expect(await stage.reading(replication, "stranger")).toMatchObject({
      sentence: "Not permitted: needs pg_read_all_stats.",
    });

    await catchUp();
    expect(judgeRow(replication, await only(replication))).toBe("ok");
    await standby.close();
    await until(async () => (await stage.rows(replication)).length === 0);
  }),
);

test(
  "WAL is counted as it is written, whole pages after a checkpoint apart, until the statistics begin anew",
  storyOf(walWritten, async () => {
    await run("create table rounds as select n as id, repeat('x', 500) as note from generate_series(1, 3000) as n");
    await run("create temporary table passing (note text)");
    await run("select pg_stat_force_next_flush()");
    await run("checkpoint");
    await run("select pg_stat_reset_shared('wal')");
    await until(async () => Number((await only(walWritten)).walBytes) < megabyte);
    const began = (await only(walWritten)).countedFrom;
    await run("insert into passing select repeat('x', 500) as note from generate_series(1, 8000)");
    await run("select pg_stat_force_next_flush()");
    expect((await only(walWritten)).walBytes).toBeLessThan(megabyte);
    await write(4);
    await run("select pg_stat_force_next_flush()");
    await until(async () => Number((await only(walWritten)).walBytes) >= 4 * megabyte);
    expect((await only(walWritten)).fullPageImages).toBeLessThan(100);
    await run("update rounds set id = id + 1");
    await run("select pg_stat_force_next_flush()");
    await until(async () => Number((await only(walWritten)).fullPageImages) >= 180);
    const { fullPageImages, fullPageRatio, walBytes } = await only(walWritten);
    expect(fullPageRatio).toBeCloseTo((Number(fullPageImages) * 8192) / Number(walBytes), 5);
    await run("select pg_stat_reset_shared('wal')");
    await until(async () => Number((await only(walWritten)).walBytes) < megabyte);
    expect(Number((await only(walWritten)).countedFrom)).toBeGreaterThan(Number(began));
    await run("drop table rounds, passing");
  }),
);

test(
  "a checkpoint that a command or full WAL asks for is counted as requested, and none by the clock comes with it",
  storyOf(checkpoints, async () => {
    await run("select pg_stat_reset_shared('checkpointer')");
    await until(async () => (await only(checkpoints)).requested === 0);
    expect(await only(checkpoints)).toMatchObject({ timed: 0, requestedRatio: null, buffersWritten: 0 });
    await run("create table rounds as select n as id, repeat('x', 500) as note from generate_series(1, 3000) as n");
    await run("checkpoint");
    await until(async () => (await only(checkpoints)).requested === 1);
    expect(await only(checkpoints)).toMatchObject({ timed: 0, requestedRatio: 1 });
    expect((await only(checkpoints)).buffersWritten).toBeGreaterThan(0);
    await write(8);
    expect(await only(checkpoints)).toMatchObject({ requested: 1 });
    await run("alter system set max_wal_size = '32MB'");
    await run("select pg_reload_conf()");
    await until(
      async () => {
        await write(20);
        return Number((await only(checkpoints)).requested) > 1;
      },
      { withinSeconds: 40, everyMs: 200 },
    );
    expect(await only(checkpoints)).toMatchObject({ timed: 0 });
    await run("alter system reset max_wal_size");
    await run("select pg_reload_conf()");
    await run("checkpoint");
    await until(async () => {
      await run("select pg_stat_reset_shared('checkpointer')"); // One that ran on is counted after the first.
      return (await only(checkpoints)).requested === 0;
    });
    await run("drop table rounds");
  }),
);

import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeRow, type PanelRow } from "../../../db/panel";
import { settingsAdvice } from "../../../db/panels/settings-advice";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(17, { shared_buffers: "16MB", max_wal_size: "64MB" });
  stage = await openStage(server.url);
});
afterAll(async () => {
  await stage?.close();
  await server?.stop();
});

const run = (statement: string) => stage.owner.unsafe(statement);
const adviceOn = async (setting: string) =>
  (await stage.rows(settingsAdvice)).find((row) => row.setting === setting) as PanelRow;

/** One statement of a way out at a time, as a person runs it. */
async function follow(text: string) {
  for (const statement of text.split("\n")) await run(statement);
}

const wayOut = (row: PanelRow) => settingsAdvice.remedy.statement?.(row);

test("nothing is advised where nothing was counted, but what can lose data", async () => {
  const rows = await stage.rows(settingsAdvice);
  expect(rows.length).toBe(12);
  const spoken = rows.filter(({ level }) => level !== 0).map(({ setting }) => setting);
  expect(["autovacuum", "data_checksums", "fsync", "full_page_writes", "synchronous_commit"]).toEqual(
    expect.arrayContaining(spoken),
  );
});

test(
  "checkpoints that were asked for speak against max_wal_size; its way out is followed and taken back",
  storyOf(settingsAdvice, async () => {
    expect(await adviceOn("max_wal_size")).toMatchObject({ level: 0 });
    for (let count = 0; count < 9; count += 1) await run("checkpoint");
    expect(await adviceOn("max_wal_size")).toMatchObject({ level: 0 });
    await run("checkpoint");
    await until(async () => (await adviceOn("max_wal_size")).level === 1);
    const row = await adviceOn("max_wal_size");
    expect(judgeRow(settingsAdvice, row)).toBe("warning");
    expect(row.evidence).toMatch(/^1\d of 1\d checkpoints/);
    await follow(wayOut(row)?.up as string);
    await until(async () => (await adviceOn("max_wal_size")).value === "128 MB");
    await run("select pg_stat_reset_shared('checkpointer')");
    await until(async () => (await adviceOn("max_wal_size")).level === 0);
    expect(wayOut(await adviceOn("max_wal_size"))).toBeNull();
    await follow(wayOut(row)?.down as string);
    await until(async () => (await adviceOn("max_wal_size")).value === "64 MB");
  }),
);

test("sorts that spill speak against work_mem from ten files and a gibibyte a day on, and it proposes no value", async () => {
  await run("create table patrols as select n, md5(n::text) as note from generate_series(1, 60000) as n");
  const spill = (times: number) =>
    run(
      `set work_mem = '64kB'; ${"select count(*) from (select from patrols order by note offset 1) as sorted;".repeat(times)} reset work_mem; select pg_stat_force_next_flush()`,
    );
  expect(await adviceOn("work_mem")).toMatchObject({ level: 0 });
  await spill(9);
  expect(await adviceOn("work_mem")).toMatchObject({ level: 0 });
  await spill(30);
  await until(async () => (await adviceOn("work_mem")).level === 1);
  const row = await adviceOn("work_mem");
  expect([row.proposed, wayOut(row)]).toEqual(["depends", null]);
});

test("what can lose data is critical by itself; what nothing was counted for is no advice", async () => {
  expect(judgeRow(settingsAdvice, await adviceOn("fsync"))).toBe("critical");
  expect(wayOut(await adviceOn("fsync"))?.up).toContain("alter system set fsync = 'on';");
  const row = await adviceOn("wal_compression");
  expect(row).toMatchObject({ value: "off", level: 0, proposed: "" });
  expect(judgeRow(settingsAdvice, { ...row, level: null })).toBe("unknown");
});

test("who may not read the statistics is told so", async () => {
  const reading = await stage.reading(settingsAdvice, "stranger");
  expect(reading).toMatchObject({ state: "unreadable", sentence: "Not permitted: needs pg_read_all_stats." });
});

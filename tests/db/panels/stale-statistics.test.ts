import { afterAll, beforeAll, expect, test } from "vitest";

import { actOf, judgeRow, type PanelRow } from "../../../db/panel";
import { staleStatistics } from "../../../db/panels/stale-statistics";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage, type Viewer } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(17);
  stage = await openStage(server.url);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

/** What the session counted is told first: counts that come late would pass for changes since. */
async function run(statement: string): Promise<void> {
  await stage.owner.unsafe("select pg_stat_force_next_flush()");
  await stage.owner.unsafe(statement);
}

async function judge(table: string, viewer?: Viewer): Promise<PanelRow & { judged: string }> {
  await run("select pg_stat_force_next_flush()");
  const row = (await stage.rows(staleStatistics, viewer)).find(
    (found) => found.table === `public.${table}`,
  ) as PanelRow;
  return { ...row, judged: judgeRow(staleStatistics, row) };
}

test(
  "a table is known, changes beyond its own limit, is found and is known again once it is analyzed",
  storyOf(staleStatistics, async () => {
    await run("create table visits as select n as id, n % 7 as kind from generate_series(1, 20000) as n");
    await run("analyze visits");
    expect(await judge("visits")).toMatchObject({ isMissing: false, changedTuples: 0, judged: "ok" });
    await run("update visits set kind = 8 where id <= 4100");
    expect(await judge("visits")).toMatchObject({
      changedTuples: 4100,
      dueAtTuples: 2050,
      staleRatio: 2,
      judged: "ok",
    });
    await run("update visits set kind = 9 where id = 1");
    const found = await judge("visits");
    expect(found).toMatchObject({ changedTuples: 4101, judged: "warning" });
    expect(staleStatistics.finding?.(found)).toBe(
      "public.visits changed far since its statistics were taken, and autovacuum does not analyze it.",
    );
    await run("alter table visits set (autovacuum_analyze_scale_factor = 0.5, autovacuum_analyze_threshold = 100)");
    expect(await judge("visits")).toMatchObject({ dueAtTuples: 10_100, judged: "ok" });
    await run("alter table visits reset (autovacuum_analyze_scale_factor, autovacuum_analyze_threshold)");

    expect(actOf(staleStatistics, found)).toEqual({ operation: "analyze-table", fields: { table: "public.visits" } });
    await run("analyze public.visits");
    expect(await judge("visits")).toMatchObject({ changedTuples: 0, judged: "ok" });
  }),
);

test("a table with rows that was never analyzed is found until it is; an empty and a small one are not", async () => {
  await run("create table loaded as select n as id from generate_series(1, 5000) as n");
  await run("create table few as select n as id from generate_series(1, 900) as n");
  await run("create table nothing (id integer)");
  const found = await judge("loaded");
  expect(found).toMatchObject({ isMissing: true, changedTuples: 5000, staleRatio: 100, analyzedAt: null });
  expect(found.judged).toBe("warning");
  expect(staleStatistics.finding?.(found)).toMatch(/^public\.loaded has rows and no statistics, /);
  expect(await judge("few")).toMatchObject({ isMissing: true, judged: "ok" });
  expect(await judge("nothing")).toMatchObject({ isMissing: true, tuples: 0, judged: "ok" });
  await run("analyze loaded");
  expect(await judge("loaded")).toMatchObject({ isMissing: false, judged: "ok" });
});

test("a partitioned table, which nobody analyzes by itself, is judged by its partitions", async () => {
  await run(`
    create table days (id integer) partition by range (id);
    create table days_1 partition of days for values from (0) to (3001);
    create table days_2 partition of days default;
    insert into days select n from generate_series(1, 6000) as n`);
  await run("analyze days_1, days_2");
  expect(await judge("days")).toMatchObject({ isMissing: true, tuples: 6000, isEnabled: false, judged: "warning" });
  await run("analyze days");
  expect(await judge("days")).toMatchObject({ isMissing: false, changedTuples: 0, judged: "ok" });
  await run("insert into days select n from generate_series(1, 2000) as n");
  expect(await judge("days")).toMatchObject({ changedTuples: 2000, judged: "warning" });
});

test("who may not see whether there are statistics is told unknown, and so is all when the counters began anew", async () => {
  await run("create table vacuumed as select n as id from generate_series(1, 5000) as n");
  await run("vacuum vacuumed");
  expect(await judge("vacuumed")).toMatchObject({ isMissing: true, judged: "warning" });
  for (const viewer of ["monitor", "stranger"] as const)
    expect(await judge("vacuumed", viewer)).toMatchObject({ isMissing: null, staleRatio: null, judged: "unknown" });
  await run("analyze vacuumed");
  expect(await judge("vacuumed", "stranger")).toMatchObject({ isMissing: false, judged: "ok" });
  await run("select pg_stat_reset()");
  expect(await judge("vacuumed")).toMatchObject({ isMissing: false, analyzedAt: null, judged: "unknown" });
});

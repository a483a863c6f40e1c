import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import type { Panel, PanelRow } from "../../../db/panel";
import { autovacuumWorkers } from "../../../db/panels/autovacuum-workers";
import { commandProgress } from "../../../db/panels/command-progress";
import { connectionsByClient } from "../../../db/panels/connections-by-client";
import { waitEvents } from "../../../db/panels/wait-events";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(17, { autovacuum_max_workers: 1 });
  stage = await openStage(server.url);
  await run(`
    create table guards (id integer, name text);
    insert into guards select n, repeat('x', 500) from generate_series(1, 4000) as n`);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

const run = (statement: string) => stage.owner.unsafe(statement);
const only = async (panel: Panel) => (await stage.rows(panel))[0] as PanelRow;
const slowly = "set vacuum_cost_delay = '20ms'; set vacuum_cost_limit = 20";
const refused = { state: "unreadable", sentence: "Not permitted: needs pg_read_all_stats." };

async function cancel(application: string): Promise<void> {
  await stage.owner`select pg_cancel_backend(pid) from pg_stat_activity where application_name = ${application}`;
}

test(
  "a build that waits and a vacuum under way are told with their part of the whole until they end; a mere query is not",
  storyOf(commandProgress, async () => {
    const [holder, builder, vacuum] = [stage.connect("holder"), stage.connect("builder"), stage.connect("vacuum")];
    const report = stage.connect("report");
    const asked = report.unsafe("select pg_sleep(60)").catch(() => {});
    await until(async () => (await run("select from pg_stat_activity where wait_event = 'PgSleep'")).length === 1);
    expect(await stage.rows(commandProgress)).toEqual([]);
    await cancel("report"); // Its snapshot holds back the end of a concurrent build.
    await asked;

    await holder.unsafe("begin; lock table guards in row exclusive mode");
    const built = builder.unsafe("create index concurrently guards_id on guards (id)");
    built.catch(() => {}); // awaited below
    await until(async () => (await only(commandProgress))?.phase === "waiting for writers before build");
    expect(await stage.rows(commandProgress)).toMatchObject([
      { command: "create index concurrently", relation: "public.guards", doneRatio: null },
    ]);
    expect(await stage.reading(commandProgress, "stranger")).toMatchObject(refused);
    await holder.unsafe("rollback");
    await built;
    expect(await stage.rows(commandProgress)).toEqual([]);

    await vacuum.unsafe(slowly);
    const cleaned = vacuum.unsafe("vacuum guards").catch(() => {});
    await until(async () => Number((await only(commandProgress))?.doneRatio) > 0);
    const half = await only(commandProgress);
    expect(half).toMatchObject({ command: "vacuum", relation: "public.guards", phase: "scanning heap" });
    expect(half.doneRatio).toBeLessThan(1);
    await until(async () => Number((await only(commandProgress)).doneRatio) > Number(half.doneRatio));
    await cancel("vacuum");
    await cleaned;
    expect(await stage.rows(commandProgress)).toEqual([]);
  }),
);

test("a command in another database is told by the number of its relation", async () => {
  const elsewhere = openClient(server.url, { max: 1, applicationName: "elsewhere" });
  await elsewhere.unsafe("create table visits as select repeat('x', 500) as note from generate_series(1, 4000)");
  const [visits] = await elsewhere<{ oid: string }[]>`select 'visits'::regclass::oid::text as oid`;
  await elsewhere.unsafe(slowly);
  const cleaned = elsewhere.unsafe("vacuum visits").catch(() => {});
  await until(async () => (await stage.rows(commandProgress)).length === 1);
  expect(await only(commandProgress)).toMatchObject({ command: "vacuum", relation: visits?.oid });
  await cancel("elsewhere");
  await cleaned;
  await elsewhere.unsafe("drop table visits");
  await elsewhere.end();
});

test(
  "what active backends wait for is counted by kind until they go on; who is idle and what the console asks are not",
  storyOf(waitEvents, async () => {
    const open = stage.connect("open");
    await open.unsafe("begin; lock table guards");
    const probe = stage.connect("ops console");
    const probing = probe.unsafe("/* ops-console:probe */ select pg_sleep(60)").catch(() => {});
    const sleepers = () => run("select from pg_stat_activity where wait_event = 'PgSleep'");
    await until(async () => (await sleepers()).length === 1);
    expect(await stage.rows(waitEvents)).toEqual([]);

    const names = ["first", "second", "third"] as const;
    const waiting = names.map((name) => {
      const statement = name === "third" ? "select from guards" : "select pg_sleep(60)";
      return stage
        .connect(name)
        .unsafe(statement)
        .catch(() => {});
    });
    await until(async () => (await stage.rows(waitEvents)).map(({ backends }) => backends).join() === "2,1");
    expect(await stage.rows(waitEvents)).toMatchObject([
      { type: "Timeout", event: "PgSleep", backends: 2 },
      { type: "Lock", event: "relation", backends: 1 },
    ]);
    expect(await stage.reading(waitEvents, "stranger")).toMatchObject(refused);

    await open.unsafe("rollback");
    await until(async () => (await stage.rows(waitEvents)).length === 1);
    for (const name of ["first", "second", "ops console"]) await cancel(name);
    await Promise.all([probing, ...waiting]);
    expect(await stage.rows(waitEvents)).toEqual([]);
  }),
);

test(
  "connections are counted by who opened them and what they do, until they close; those of another name stand apart",
  storyOf(connectionsByClient, async () => {
    const opened = async () =>
      (await stage.rows(connectionsByClient))
        .filter(({ application }) => ["board", "boards"].includes(String(application)))
        .map(({ application, state, connections }) => [application, state, connections]);
    expect(await opened()).toEqual([]);
    const [board, other] = ["board", "boards"].map((applicationName) =>
      openClient(stage.url, { max: 3, applicationName }),
    ) as [ReturnType<typeof openClient>, ReturnType<typeof openClient>];
    await Promise.all([1, 2, 3].map(() => board`select pg_sleep(0.2)`));
    await other`select 1`;
    expect(await opened()).toEqual([
      ["board", "idle", 3],
      ["boards", "idle", 1],
    ]);
    const held = await board.reserve();
    await held`begin`;
    expect(await opened()).toEqual([
      ["board", "idle", 2],
      ["board", "idle in transaction", 1],
      ["boards", "idle", 1],
    ]);
    expect(await stage.reading(connectionsByClient, "stranger")).toMatchObject(refused);
    await held`rollback`;
    held.release();
    await Promise.all([board.end(), other.end()]);
    await until(async () => (await opened()).length === 0);
  }),
);

test(
  "a worker of autovacuum is busy from when it begins until it ends; who vacuums by hand keeps none busy",
  storyOf(autovacuumWorkers, async () => {
    const vacuum = stage.connect("vacuum");
    await vacuum.unsafe(slowly);
    const cleaned = vacuum.unsafe("vacuum guards").catch(() => {});
    await until(async () => (await run("select from pg_stat_progress_vacuum")).length === 1);
    expect(await stage.rows(autovacuumWorkers)).toEqual([{ busy: 0, most: 1, busyRatio: 0, longestSeconds: null }]);
    await cancel("vacuum");
    await cleaned;

    await run("delete from guards");
    await run("select pg_stat_force_next_flush()");
    for (const [name, value] of Object.entries({
      autovacuum: "on",
      autovacuum_naptime: "1s",
      autovacuum_vacuum_cost_delay: "100ms",
      autovacuum_vacuum_cost_limit: "1",
    })) {
      await run(`alter system set ${name} = '${value}'`);
    }
    await run("select pg_reload_conf()");
    await until(async () => (await run("select from pg_stat_progress_vacuum")).length === 1, { withinSeconds: 40 });
    expect(await only(autovacuumWorkers)).toMatchObject({ busy: 1, busyRatio: 1, longestSeconds: expect.any(Number) });
    expect(await stage.reading(autovacuumWorkers, "stranger")).toMatchObject(refused);

    await run("alter system set autovacuum = 'off'");
    await run("select pg_reload_conf()");
    await until(async () => {
      await run("select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'autovacuum worker'");
      return (await only(autovacuumWorkers)).busy === 0;
    });
  }),
);

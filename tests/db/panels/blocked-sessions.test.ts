import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import type { PanelRow } from "../../../db/panel";
import { blockedSessions } from "../../../db/panels/blocked-sessions";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;
let sessions: { name: string; sql: Sql; pid: number }[] = [];

beforeAll(async () => {
  server = await startVersion(18, { max_prepared_transactions: 5, max_connections: 300, deadlock_timeout: "60s" });
  stage = await openStage(server.url);
  await stage.owner.unsafe(`
    create table guards (id integer primary key, name text);
    insert into guards select n, 'guard ' || n from generate_series(1, 10) as n;
    create table rounds (id integer primary key)`);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

/** A session of its own that runs a statement and, where it gets a lock, keeps its transaction open. */
async function open(name: string, statement: string): Promise<void> {
  const sql = openClient(stage.url, { max: 1, applicationName: name });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row?.pid as number;
  sessions.push({ name, sql, pid });
  sql.unsafe(`begin; ${statement}`).catch(() => {}); // ended with its session
  await until(async () => {
    const [seen] = await stage.owner<{ calm: boolean }[]>`
      select state = 'idle in transaction' or wait_event_type = 'Lock' as calm from pg_stat_activity where pid = ${pid}`;
    return seen?.calm;
  });
}

async function closeAll(): Promise<void> {
  for (const { pid } of sessions) await stage.owner`select pg_terminate_backend(${pid}, 5000)`;
  await Promise.all(sessions.map(({ sql }) => sql.end({ timeout: 1 })));
  sessions = [];
}

const pidOf = (name: string) => String(sessions.find((session) => session.name === name)?.pid);
const nameOf = (pid: string) => sessions.find((session) => String(session.pid) === pid)?.name ?? pid;

/** `waiter < blocker` for each edge that the panel tells, in names. */
function edgesOf(rows: PanelRow[]): string[] {
  return rows
    .flatMap(({ pid, blockedBy }) =>
      String(blockedBy ?? "")
        .split(", ")
        .filter((blocker) => blocker !== "")
        .map((blocker) => `${nameOf(String(pid))} < ${nameOf(blocker)}`),
    )
    .sort();
}

test(
  "nobody waits, somebody waits, nobody waits",
  storyOf(blockedSessions, async () => {
    expect(await stage.rows(blockedSessions)).toEqual([]);
    await open("payroll", "lock table guards");
    expect(await stage.rows(blockedSessions)).toEqual([]);
    await open("planner", "select * from guards");
    expect(await stage.rows(blockedSessions)).toMatchObject([
      {
        depth: 0,
        pid: pidOf("payroll"),
        application: "payroll",
        blockedBy: null,
        waitingSeconds: 0,
        sessionsBehind: 1,
      },
      {
        depth: 1,
        pid: pidOf("planner"),
        blockedBy: pidOf("payroll"),
        waitsFor: "AccessShareLock on public.guards",
        sessionsBehind: 0,
        statement: "begin; select * from guards",
      },
    ]);
    await closeAll();
    expect(await stage.rows(blockedSessions)).toEqual([]);
  }),
);

test("a queue behind a waiting ALTER has its true edges, and an innocent reader blocks nobody", async () => {
  await open("report", "select * from guards");
  await open("other report", "select * from rounds");
  await open("migration", "alter table guards add column note text");
  await open("board", "select * from guards");
  await open("phone", "select * from guards");
  await open("second migration", "alter table guards add column fee integer");
  const rows = await stage.rows(blockedSessions);
  const truth = [
    "board < migration",
    "migration < report",
    "phone < migration",
    "second migration < board",
    "second migration < migration",
    "second migration < phone",
    "second migration < report",
  ];
  expect(edgesOf(rows)).toEqual(truth);
  expect(rows.find(({ depth }) => depth === 0)).toMatchObject({ application: "report", sessionsBehind: 4 });
  expect(rows.filter(({ depth }) => depth === 0)).toHaveLength(1);
  expect(rows.map(({ pid }) => pid)).not.toContain(pidOf("other report"));

  const naive = await stage.owner<{ edge: string }[]>`
    select waiter.pid || ' < ' || holder.pid as edge
    from pg_locks as waiter join pg_locks as holder using (relation)
    where not waiter.granted and holder.pid <> waiter.pid`;
  const told = naive.map(({ edge }) => edge.split(" < ").map(nameOf).join(" < "));
  expect(told).toContain("board < report");
  expect(told).toContain("phone < board");
  expect(told.length).toBeGreaterThan(truth.length);
  await closeAll();
});

test("a chain, a fan and a row that many want stand as they wait", async () => {
  await open("first", "update guards set name = 'a' where id = 1");
  await open("second", "update guards set name = 'b' where id = 2; update guards set name = 'b' where id = 1");
  await open("third", "update guards set name = 'c' where id = 3; update guards set name = 'c' where id = 2");
  await open("fourth", "update guards set name = 'd' where id = 3");
  await open("fifth", "delete from guards where id = 3");
  const rows = await stage.rows(blockedSessions);
  expect(edgesOf(rows)).toEqual(expect.arrayContaining(["fourth < third", "second < first", "third < second"]));
  const shown = rows.map(({ pid, depth, sessionsBehind }) => [nameOf(String(pid)), depth, sessionsBehind]);
  expect(shown.slice(0, 4)).toEqual([
    ["first", 0, 4],
    ["second", 1, 3],
    ["third", 2, 2],
    ["fourth", 3, expect.any(Number)],
  ]);
  expect(new Set(rows.map(({ pid }) => pid)).size).toBe(5);
  await closeAll();
});

test("a prepared transaction blocks under its name, and only the one that is in the way", async () => {
  await stage.owner.unsafe("begin; select * from rounds; prepare transaction 'harmless'");
  await stage.owner.unsafe("begin; lock table guards; prepare transaction 'payout 7'");
  await open("planner", "select * from guards");
  expect(await stage.rows(blockedSessions)).toMatchObject([
    { depth: 0, pid: "0", user: "prepared transaction", application: "payout 7", sessionsBehind: 1 },
    { depth: 1, pid: pidOf("planner"), blockedBy: "0" },
  ]);
  await closeAll();
  for (const name of ["harmless", "payout 7"]) await stage.owner.unsafe(`rollback prepared '${name}'`);
});

test("a circle of sessions is shown until PostgreSQL breaks it", async () => {
  await open("left", "update guards set name = 'l' where id = 5");
  await open("right", "update guards set name = 'r' where id = 6; update guards set name = 'r' where id = 5");
  const left = sessions.find(({ name }) => name === "left") as (typeof sessions)[number];
  left.sql.unsafe("update guards set name = 'l' where id = 6").catch(() => {});
  await until(
    async () =>
      (await stage.rows(blockedSessions)).length === 2 &&
      (await stage.rows(blockedSessions)).every(({ depth }) => depth === 1),
  );
  expect(edgesOf(await stage.rows(blockedSessions))).toEqual(["left < right", "right < left"]);
  await closeAll();
});

test("of a crowd the 200 that wait longest are shown, and the rest is counted", async () => {
  await open("holder", "select pg_advisory_xact_lock(7)");
  const crowd = openClient(stage.url, { max: 210, applicationName: "crowd" });
  for (let n = 0; n < 210; n += 1) crowd.unsafe("select pg_advisory_xact_lock(7)").catch(() => {});
  await until(
    async () => {
      const [row] = await stage.owner<{ waiting: number }[]>`
        select count(*)::integer as waiting from pg_locks where locktype = 'advisory' and not granted`;
      return row?.waiting === 210;
    },
    { withinSeconds: 40, everyMs: 200 },
  );
  const reading = await stage.reading(blockedSessions);
  if (reading.state === "unreadable") throw new Error(reading.sentence);
  expect(reading.rows).toHaveLength(202);
  expect(reading.rows[0]).toMatchObject({ pid: pidOf("holder"), depth: 0, sessionsBehind: 200 });
  expect(reading.rows.at(-1)).toMatchObject({ pid: "rest", application: "10 more sessions" });
  expect(reading.rows.slice(1, 201).every(({ depth }) => depth === 1)).toBe(true);
  await stage.owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'crowd'`;
  await crowd.end({ timeout: 1 });
  await closeAll();
});

test("who may not see the sessions of others is told so", async () => {
  expect(await stage.reading(blockedSessions, "stranger")).toMatchObject({
    state: "unreadable",
    sentence: "Not permitted: needs pg_read_all_stats.",
  });
  expect(await stage.reading(blockedSessions, "monitor")).toMatchObject({ state: "read" });
});

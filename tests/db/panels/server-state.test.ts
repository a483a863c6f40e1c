import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { judgeRow, type Panel, type PanelRow } from "../../../db/panel";
import { panels } from "../../../db/panels";
import { archiver } from "../../../db/panels/archiver";
import { changedSettings } from "../../../db/panels/changed-settings";
import { connectionLimits } from "../../../db/panels/connection-limits";
import { connectionSaturation } from "../../../db/panels/connection-saturation";
import { costlyStatements } from "../../../db/panels/costly-statements";
import { idleInTransaction } from "../../../db/panels/idle-in-transaction";
import { preparedTransactions } from "../../../db/panels/prepared-transactions";
import { replicationSlots } from "../../../db/panels/replication-slots";
import { runningStatements } from "../../../db/panels/running-statements";
import { statementCapacity } from "../../../db/panels/statement-capacity";
import { tableTransactionAges } from "../../../db/panels/table-transaction-ages";
import { transactionIdAge } from "../../../db/panels/transaction-id-age";
import { vacuumHealth } from "../../../db/panels/vacuum-health";
import { xminHolders } from "../../../db/panels/xmin-holders";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(17, {
    max_connections: 40,
    max_prepared_transactions: 5,
    archive_mode: "on",
    archive_command: "true",
    "pg_stat_statements.max": 100,
  });
  stage = await openStage(server.url);
  await stage.owner.unsafe(`
    create extension pg_stat_statements;
    create table guards (id integer primary key, name text)`);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

const run = (statement: string) => stage.owner.unsafe(statement);
const only = async (panel: Panel) => (await stage.rows(panel))[0] as PanelRow;

test(
  "an archive that fails is critical until it works again",
  storyOf(archiver, async () => {
    await run("select pg_switch_wal()");
    await until(async () => (await only(archiver)).state === "working");
    expect(judgeRow(archiver, await only(archiver))).toBe("ok");
    await run("alter system set archive_command = 'false'");
    await run("select pg_reload_conf()");
    // The archiver learns of its new command at some time of its own: files come until one fails.
    await until(
      async () => {
        await run("create table archived (n integer); drop table archived; select pg_switch_wal()");
        return judgeRow(archiver, await only(archiver)) === "critical";
      },
      { withinSeconds: 40, everyMs: 200 },
    );
    expect(await only(archiver)).toMatchObject({ state: "failing", isFailing: 1, waitingFiles: expect.any(Number) });
    await run("alter system reset archive_command");
    await run("select pg_reload_conf()");
    await until(
      async () => {
        await run("create table archived (n integer); drop table archived; select pg_switch_wal()");
        return judgeRow(archiver, await only(archiver)) === "ok";
      },
      { withinSeconds: 40, everyMs: 200 },
    );
  }),
);

test(
  "a slot that nobody reads is a warning until it is dropped",
  storyOf(replicationSlots, async () => {
    expect(await stage.rows(replicationSlots)).toEqual([]);
    await run("select pg_create_physical_replication_slot('standby', true)");
    expect(await only(replicationSlots)).toMatchObject({
      slot: "standby",
      isRead: false,
      trouble: 1,
      walStatus: "reserved",
    });
    expect(judgeRow(replicationSlots, await only(replicationSlots))).toBe("warning");
    await run("select pg_drop_replication_slot('standby')");
    expect(await stage.rows(replicationSlots)).toEqual([]);
  }),
);

test(
  "who holds back vacuum is named: a session, a prepared transaction, a slot; one of another database is not",
  storyOf(xminHolders, async () => {
    expect(await stage.rows(xminHolders)).toEqual([]);
    const reader = stage.connect("report");
    await reader.unsafe("begin isolation level repeatable read; select * from guards");
    const elsewhere = openClient(server.url, { max: 1, applicationName: "elsewhere" });
    await elsewhere.unsafe("begin isolation level repeatable read; select * from pg_class limit 1");
    await run("begin; insert into guards values (1); prepare transaction 'payout'");
    const held = await stage.rows(xminHolders);
    expect(held.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["backend", "prepared transaction"]));
    expect(held.find(({ kind }) => kind === "backend")?.detail).toMatch(/^report \(postgres\), idle in transaction$/);
    expect(held.map(({ detail }) => String(detail)).join()).not.toContain("elsewhere");
    expect(judgeRow(xminHolders, { ...held[0], heldTransactions: 1_000_001 } as PanelRow)).toBe("warning");
    await reader.unsafe("rollback");
    await elsewhere.end();
    await run("rollback prepared 'payout'");
    await until(async () => (await stage.rows(xminHolders)).length === 0);

    await run("select pg_create_logical_replication_slot('feed', 'pgoutput')");
    expect(await only(xminHolders)).toMatchObject({
      kind: "replication slot",
      holder: "feed",
      detail: "logical, nobody reads it",
    });
    await run("select pg_drop_replication_slot('feed')");
    expect(await stage.rows(xminHolders)).toEqual([]);
  }),
);

test(
  "a prepared transaction that is forgotten is found, and its way out ends it",
  storyOf(preparedTransactions, async () => {
    expect(await stage.rows(preparedTransactions)).toEqual([]);
    await run("begin; insert into guards values (1); prepare transaction 'pay''out'");
    const row = await only(preparedTransactions);
    expect(row).toMatchObject({ name: "pay'out", owner: "postgres" });
    expect(judgeRow(preparedTransactions, row)).toBe("ok");
    expect(judgeRow(preparedTransactions, { ...row, preparedSeconds: 31 })).toBe("warning");
    await run(preparedTransactions.remedy.statement?.(row)?.up as string);
    expect(await stage.rows(preparedTransactions)).toEqual([]);
  }),
);

test(
  "a role with a limit is judged by it, one without is not listed",
  storyOf(connectionLimits, async () => {
    expect(await stage.rows(connectionLimits)).toEqual([]);
    await run("create role product login password 'product' connection limit 2");
    const open = () => {
      const address = new URL(stage.url);
      address.username = address.password = "product";
      return openClient(address.href, { max: 1, applicationName: "product" });
    };
    const [one, other] = [open(), open()];
    await one`select 1`;
    expect(await only(connectionLimits)).toMatchObject({ kind: "role", name: "product", used: 1, limit: 2 });
    expect(judgeRow(connectionLimits, await only(connectionLimits))).toBe("ok");
    await other`select 1`;
    expect(judgeRow(connectionLimits, await only(connectionLimits))).toBe("critical");
    await Promise.all([one.end(), other.end()]);
    await until(async () => judgeRow(connectionLimits, await only(connectionLimits)) === "ok");
    await run("drop role product");
  }),
);

test(
  "a table that is long due for freezing is found, and its way out freezes it",
  storyOf(tableTransactionAges, async () => {
    await run("create table old (id integer) with (autovacuum_freeze_max_age = 100000)");
    const find = async () =>
      (await stage.rows(tableTransactionAges)).find(({ table }) => table === "public.old") as PanelRow;
    expect(judgeRow(tableTransactionAges, await find())).toBe("ok");
    await stage.owner.unsafe(`
    do $$ begin for n in 1..160000 loop perform pg_current_xact_id(); commit; end loop; end $$`);
    expect(judgeRow(tableTransactionAges, await find())).toBe("warning");
    await run(tableTransactionAges.remedy.statement?.(await find())?.up as string);
    expect(judgeRow(tableTransactionAges, await find())).toBe("ok");
  }),
);

test(
  "a session idle in a transaction is listed, an aborted one too, a mere idle one is not",
  storyOf(idleInTransaction, async () => {
    const [idle, open, aborted] = [stage.connect("idle"), stage.connect("open"), stage.connect("aborted")];
    await idle.unsafe("select 1");
    expect(await stage.rows(idleInTransaction)).toEqual([]);
    await open.unsafe("begin; select * from guards");
    await aborted.unsafe("begin; select 1/0").catch(() => {});
    const rows = await stage.rows(idleInTransaction);
    expect(rows.map(({ application, state, lockedRelations }) => [application, state, lockedRelations])).toEqual([
      ["open", "idle in transaction", 2],
      ["aborted", "idle in transaction (aborted)", 0],
    ]);
    expect(rows.map((row) => judgeRow(idleInTransaction, row))).toEqual(["ok", "ok"]);
    expect(judgeRow(idleInTransaction, { ...rows[0], idleSeconds: 301 } as PanelRow)).toBe("warning");
    await open.unsafe("commit");
    await aborted.unsafe("rollback");
    expect(await stage.rows(idleInTransaction)).toEqual([]);
  }),
);

test(
  "what runs is listed, and the console's own questions are not",
  storyOf(runningStatements, async () => {
    expect(await stage.rows(runningStatements)).toEqual([]);
    const slow = stage.connect("payroll");
    const asleep = slow.unsafe("select pg_sleep(60)").catch(() => {});
    const probe = stage.connect("ops console");
    const probing = probe.unsafe("/* ops-console:probe */ select pg_sleep(60)").catch(() => {});
    await until(
      async () =>
        (await run("select from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active'")).length === 3,
    );
    expect(await stage.rows(runningStatements)).toMatchObject([
      { application: "payroll", waitsFor: "Timeout: PgSleep", statement: "select pg_sleep(…)" },
    ]);
    await run("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'");
    await Promise.all([asleep, probing]);
    expect(await stage.rows(runningStatements)).toEqual([]);
  }),
);

test(
  "connections are counted against those that are left for clients",
  storyOf(connectionSaturation, async () => {
    const before = await only(connectionSaturation);
    expect(before).toMatchObject({ available: 37 });
    expect(judgeRow(connectionSaturation, before)).toBe("ok");
    const crowd = openClient(stage.url, { max: 32 - Number(before.used), applicationName: "crowd" });
    await Promise.all(Array.from({ length: 32 - Number(before.used) }, () => crowd`select pg_sleep(0.3)`));
    const full = await only(connectionSaturation);
    expect(full.usedRatio).toBeGreaterThan(0.8);
    expect(judgeRow(connectionSaturation, full)).not.toBe("ok");
    await crowd.end();
    await until(async () => judgeRow(connectionSaturation, await only(connectionSaturation)) === "ok");
  }),
);

test(
  "statements that are pushed out are counted; what the console asks is not among the costly ones",
  storyOf(statementCapacity, async () => {
    await run("select pg_stat_statements_reset()");
    expect(judgeRow(statementCapacity, await only(statementCapacity))).toBe("ok");
    await run("select count(*), 'kept' from guards");
    const costly = await stage.rows(costlyStatements);
    expect(costly.map(({ statement }) => statement)).toContain("select count(*), $1 from guards");
    expect(costly.filter(({ statement }) => String(statement).includes("ops-console"))).toEqual([]);
    for (let n = 1; n <= 320; n += 1) {
      const columns = Array.from({ length: 1 + (n % 8) }, (_, i) => `n + ${i}`);
      await run(
        `select ${columns.join(", ")}, ${"abs(".repeat(Math.ceil(n / 8))}n${")".repeat(Math.ceil(n / 8))} from (select 1 as n) as one`,
      );
    }
    const row = await only(statementCapacity);
    expect(row).toMatchObject({ room: 100 });
    expect(row.kept).toBeLessThanOrEqual(100);
    expect(row.evictions).toBeGreaterThan(4);
    expect(judgeRow(statementCapacity, row)).toBe("warning");
    await run("select pg_stat_statements_reset()");
    expect(judgeRow(statementCapacity, await only(statementCapacity))).toBe("ok");
  }),
);

test(
  "a table that waits for vacuum is found with its own rules, and until it is vacuumed",
  storyOf(vacuumHealth, async () => {
    const judge = async (table: string): Promise<PanelRow & { judged: string }> => {
      await run("select pg_stat_force_next_flush()");
      const row = (await stage.rows(vacuumHealth)).find((found) => found.table === `public.${table}`) as PanelRow;
      return { ...row, judged: judgeRow(vacuumHealth, row) };
    };
    await run("create table visits as select n as id from generate_series(1, 20000) as n");
    await run("vacuum analyze visits");
    expect(await judge("visits")).toMatchObject({
      deadTuples: 0,
      vacuumAtDeadTuples: 4050,
      judged: "ok",
      isEnabled: false,
    });
    await run("delete from visits where id <= 9000");
    await until(async () => (await judge("visits")).judged === "warning");
    await run("alter table visits set (autovacuum_vacuum_scale_factor = 0.9, autovacuum_vacuum_threshold = 1000)");
    expect(await judge("visits")).toMatchObject({ vacuumAtDeadTuples: 19_000, judged: "ok" });
    await run("alter table visits reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold)");
    await until(async () => {
      await run("vacuum visits");
      return (await judge("visits")).judged === "ok";
    });
    await run("insert into guards select n from generate_series(1, 200) as n");
    await run("delete from guards");
    await until(async () => Number((await judge("guards")).deadTuples) >= 200);
    expect(await judge("guards")).toMatchObject({ overdueRatio: 0, judged: "ok" });
  }),
);

test(
  "a setting that differs is listed with who set it, secrets are hidden, one that waits for a restart is a warning",
  storyOf(changedSettings, async () => {
    const find = async (name: string) => (await stage.rows(changedSettings)).filter(({ setting }) => setting === name);
    expect(await find("work_mem")).toEqual([]);
    expect(await find("max_connections")).toMatchObject([{ value: "40", source: "configuration file", pending: 0 }]);
    await run("alter database postgres set work_mem = '8MB'");
    await run("alter database postgres set app.jwt_secret = 'hush'");
    await run("alter database postgres set app.colour = 'hush'");
    await run("alter system set shared_buffers = '48MB'");
    await run("select pg_reload_conf()");
    expect(await find("work_mem")).toMatchObject([{ value: "8MB", source: "database postgres" }]);
    await until(async () => (await find("shared_buffers"))[0]?.needsRestart === true);
    expect((await find("shared_buffers")).map((row) => judgeRow(changedSettings, row))).toEqual(["warning"]);
    expect(JSON.stringify(await stage.rows(changedSettings))).not.toContain("hush");
    await run("alter system reset shared_buffers");
    await run("alter database postgres reset all");
    await run("select pg_reload_conf()");
    await until(async () => (await find("shared_buffers"))[0]?.needsRestart === false);
  }),
);

test(
  "the age of every database grows with the work of any until it is frozen, also of those that nobody may enter",
  storyOf(transactionIdAge, async () => {
    const before = await stage.rows(transactionIdAge);
    expect(before.map(({ database }) => database)).toEqual(
      expect.arrayContaining(["template0", "template1", "postgres"]),
    );
    expect(before.map((row) => judgeRow(transactionIdAge, row))).not.toContain("warning");
    const age = async (name: string) =>
      Number((await stage.rows(transactionIdAge)).find(({ database }) => database === name)?.xidAge);
    const own = new URL(stage.url).pathname.slice(1);
    const ages = { own: await age(own), closed: await age("template0") };
    await run("do $$ begin for n in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$");
    expect(await age(own)).toBeGreaterThanOrEqual(ages.own + 5000);
    expect(await age("template0")).toBeGreaterThanOrEqual(ages.closed + 5000);
    await run("vacuum freeze");
    expect(await age(own)).toBeLessThan(1000);
    expect(await age("template0")).toBeGreaterThanOrEqual(ages.closed + 5000);
    expect(judgeRow(transactionIdAge, { ...before[0], usedRatio: 0.5 } as PanelRow)).toBe("ok");
    expect(judgeRow(transactionIdAge, { ...before[0], usedRatio: 0.51 } as PanelRow)).toBe("warning");
  }),
);

test("a stranger is refused, not calmed, wherever a right is needed; where none is, nothing is judged fine unseen", async () => {
  const needing = panels.filter(({ requires }) => requires.privilege);
  expect(needing.length).toBeGreaterThan(10);
  for (const panel of needing) {
    expect(await stage.reading(panel, "stranger"), panel.id).toMatchObject({
      state: "unreadable",
      sentence: `Not permitted: needs ${panel.requires.privilege}.`,
    });
  }
});

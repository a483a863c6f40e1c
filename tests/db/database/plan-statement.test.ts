import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { listCallers } from "../../../db/database/list-callers";
import { planStatement, type StatementPlan } from "../../../db/database/plan-statement";
import { readServerProfile } from "../../../db/database/server-profile";
import { describeNode, listNodes } from "../../../db/rules/database/plan-tree";
import { until } from "../../support/until";
import { majors, startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage, type Viewer } from "../panels/stage";

const servers: VersionServer[] = [];
const stages = new Map<number, Stage>();

beforeAll(async () => {
  servers.push(...(await Promise.all(majors.filter((major) => major !== 15).map((major) => startVersion(major)))));
  for (const { major, url } of [{ major: 15, url: inject("serverUrl") }, ...servers]) {
    const stage = await openStage(url);
    stages.set(major, stage);
    await stage.owner.unsafe(`
      create table guards (id integer generated always as identity primary key, name text, hired_at timestamptz);
      create index guards_hired_at_idx on guards (hired_at);
      insert into guards (name, hired_at) select 'guard ' || n, now() - n * interval '1 hour' from generate_series(1, 5000) as n;
      create table calls (n integer);
      create function note_call() returns integer language plpgsql volatile as
        'begin insert into calls values (1); return 1; end';
      analyze`);
  }
});
afterAll(async () => {
  for (const stage of stages.values()) await stage.close();
  await Promise.all(servers.map(({ stop }) => stop()));
});

describe.each(majors)("PostgreSQL %d", (major) => {
  const stage = () => stages.get(major) as Stage;
  const plan = async (text: string, viewer: Viewer = "reader"): Promise<StatementPlan> => {
    const db = stage().database(viewer);
    return planStatement(db, await readServerProfile(db), text);
  };
  const refusal = async (text: string, viewer?: Viewer) => {
    const planned = await plan(text, viewer);
    return planned.state === "unplannable" ? planned.sentence : planned.plan.kind;
  };

  test("a statement without its constants has a plan, and its parameters have types", async () => {
    const planned = await plan("select name from guards where id = $1 and name <> $2");
    if (planned.state === "unplannable") throw new Error(planned.sentence);
    expect(listNodes(planned.plan).map(describeNode)).toEqual(["Index Scan on guards using guards_pkey"]);
    expect(planned.plan.conditions).toEqual([
      { label: "Index Cond", text: "(id = $1)" },
      { label: "Filter", text: "(name <> $2)" },
    ]);
    expect(planned.plan).toMatchObject({ ownCostRatio: 1, measured: null });
    expect(planned.parameterTypes).toEqual(["integer", "text"]);
  });

  test.each([
    [
      "interval $1",
      "select count(*) from guards where hired_at > now() - interval $1 and name = $2",
      ["interval", "text"],
    ],
    [
      "extract($1 from …)",
      "select extract($1 from hired_at), id + $2 from guards limit $3",
      ["text", "integer", "bigint"],
    ],
    [
      "date $1 after a letter of two bytes",
      'select $1::text as "é" from guards where hired_at > date $2',
      ["text", "date"],
    ],
    ["a list of any length", "select id from guards where id in ($1 /*, ... */)", ["integer"]],
  ])("%s, which the server itself does not read, is planned", async (_, text, types) => {
    const planned = await plan(text);
    if (planned.state === "unplannable") throw new Error(planned.sentence);
    expect(planned.parameterTypes).toEqual(types);
  });

  test("to plan is not to run, and nothing is left on the connection", async () => {
    expect(await refusal("select name, note_call() from guards where id = $1")).toBe("Index Scan");
    expect(await stage().owner`select from calls`).toHaveLength(0);
    expect(await stage().database("reader").execute("select from pg_prepared_statements")).toHaveLength(0);
    expect(await stage().database("reader").execute("show plan_cache_mode")).toEqual([{ plan_cache_mode: "auto" }]);
  });

  test("what has no plan says why", async () => {
    expect(await refusal("vacuum guards")).toMatch(/it is a command \(vacuum\)/);
    expect(await refusal("select id from guards where id =")).toMatch(/its text is cut/);
    expect(await refusal(`select ${"1, ".repeat(4000)}1`)).toMatch(/longer than what is kept/);
    expect(await refusal("select 1; select 2")).toMatch(/more or less than one statement/);
    expect(await refusal("select $1 + $2")).toMatch(/the type of a parameter cannot be told/);
    expect(await refusal("select id from nowhere where id = $1")).toMatch(/a table that it names is not there/);
    expect(await refusal("select name from guards where id = $1", "stranger")).toMatch(/has no right/);
    expect(await refusal("update guards set name = $1 where id = $2")).toMatch(/has no right/);
    expect(await stage().database("reader").execute("select from pg_prepared_statements")).toHaveLength(0);
  });
});

test("constants that a plan holds are not shown, nor what an error holds", async () => {
  const stage = stages.get(15) as Stage;
  const db = stage.database("reader");
  const server = await readServerProfile(db);
  const planned = await planStatement(db, server, "select id from guards where name = 'guard 7' and id < 12.5");
  expect(JSON.stringify(planned)).not.toMatch(/guard 7|12\.5/);
  expect(JSON.stringify(planned)).toContain("(name = …::text)");
  const refused = await Promise.all(
    [
      "select id from guards where id > (table_to_xml('guards', true, false, '')::text)::integer and id = $1",
      "select id from guards where id > (select max(name) from guards)::integer / ('guard 7'::text)::integer and id = $1",
    ].map((text) => planStatement(db, server, text)),
  );
  expect(refused).toMatchObject([
    { state: "unplannable", sentence: expect.stringContaining("writes as XML") },
    { state: "unplannable", sentence: "It could not be read (SQLSTATE 22P02)." },
  ]);
});

test("who runs a statement is told by application and user, apart from those who ran it last", async () => {
  const stage = stages.get(15) as Stage;
  const [running, resting] = [stage.connect("night batch"), stage.connect("guard app")];
  await resting`select count(*), pg_sleep(${0}) from guards`;
  const waiting = running`select count(*), pg_sleep(${60}) from guards`.catch(() => "cancelled");
  const listSleeping = () => stage.owner<{ id: string; pid: number }[]>`
    select query_id::text as id, pid from pg_stat_activity
    where application_name = 'night batch' and state = 'active' and wait_event = 'PgSleep'`;
  await until(async () => (await listSleeping()).length === 1);
  const [asked = { id: "0", pid: 0 }] = await listSleeping();
  expect(await listCallers(stage.database("reader"), asked.id)).toEqual([
    { userName: "postgres", applicationName: "guard app", runningCount: 0, restingCount: 1, longestSeconds: null },
    {
      userName: "postgres",
      applicationName: "night batch",
      runningCount: 1,
      restingCount: 0,
      longestSeconds: expect.any(Number),
    },
  ]);
  await stage.owner`select pg_cancel_backend(${asked.pid})`;
  expect(await waiting).toBe("cancelled");
});

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { measureStatement } from "../../../db/database/measure-statement";
import { isMisestimated, listNodes } from "../../../db/rules/database/plan-tree";
import { openStage, type Stage } from "../panels/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(inject("serverUrl"));
  await stage.owner.unsafe(`
    create table guards (id integer primary key, name text not null, hired_at timestamptz not null, is_active boolean);
    create view active_guards as select * from guards where is_active;
    create function calm(n integer) returns integer language sql stable as 'select n';
    create function first_letter(guard guards) returns text language sql stable as 'select left(guard.name, 1)';
    create domain badge as text check (pg_sleep(0) is not null);
    create function same_letter(one text, other text) returns boolean language sql stable as 'select left(one, 1) = left(other, 1)';
    create operator =~= (leftarg = text, rightarg = text, function = same_letter);
    create sequence numbers;
    insert into guards select n, 'guard ' || n, now() - n * interval '1 day', n % 2 = 0 from generate_series(1, 4000) as n;
    analyze`);
});
afterAll(() => stage?.close());

const measure = (text: string, ...values: (string | null)[]) =>
  measureStatement(stage.database("reader"), text, values);

/** Each pair: what is refused and why, and the nearest statement that is not. */
const pairs: [what: string, refused: string, why: RegExp, twin: string][] = [
  [
    "a change inside of WITH",
    "with gone as (delete from guards returning id) select count(*) from gone",
    /it deletes rows/,
    "with gone as (select id from guards) select count(*) from gone",
  ],
  ["a change", "update guards set name = 'x'", /it changes rows/, "select name from guards"],
  ["a lock on rows", "select id from guards for update", /it locks the rows/, "select id from guards"],
  ["a new table", "select id into copies from guards", /it makes a table/, "select id as copies from guards"],
  ["several statements", "select 1; select 2", /more or less than one statement/, "select 1 from guards"],
  ["a command", "truncate guards", /it is a command/, "select 1"],
  ["a sequence", "select nextval('numbers')", /nextval is volatile/, "select length('numbers')"],
  ["a lock of the session", "select pg_advisory_lock(1)", /pg_advisory_lock is volatile/, "select abs(1)"],
  ["the end of a session", "select pg_terminate_backend(1)", /pg_terminate_backend is volatile/, "select random()"],
  ["tables as XML", "select table_to_xml('guards', true, false, '')", /writes as XML/, "select length('guards')"],
  [
    "a function of the database",
    "select calm(id) from guards",
    /calm is a function of this database/,
    "select abs(id) from guards",
  ],
  [
    "a function that looks like a column",
    "select guards.first_letter from guards",
    /first_letter may be a function/,
    "select guards.name from guards",
  ],
  [
    "an operator of the database",
    "select 'a'::text =~= 'b'",
    /=~= is an operator of this database/,
    "select 'a'::text = 'b'",
  ],
  [
    "a domain",
    "select name::badge from guards",
    /badge is a type that may call functions/,
    "select name::varchar from guards",
  ],
  [
    "a view",
    "select id from active_guards",
    /active_guards is no ordinary table/,
    "select id from guards where is_active",
  ],
  [
    "a table that is not there",
    "select id from nowhere",
    /there is no table nowhere/,
    "with nowhere as (select 1 as id) select id from nowhere",
  ],
];

test.each(pairs)("%s is refused, its harmless twin runs", async (_, text, why, twin) => {
  const refused = await measure(text);
  expect(refused.state).toBe("refused");
  expect(JSON.stringify(refused)).toMatch(why);
  expect(await measure(twin)).toMatchObject({ state: "measured" });
});

test("what is refused has left no trace", async () => {
  for (const [, text] of pairs) await measure(text);
  expect(await stage.owner`select count(*)::integer as count from guards`).toEqual([{ count: 4000 }]);
  expect(await stage.owner`select is_called from numbers`).toEqual([{ is_called: false }]);
  const [{ pid } = { pid: 0 }] = await stage
    .database("reader")
    .execute<{ pid: number }>("select pg_backend_pid() as pid");
  expect(await stage.owner`select from pg_locks where locktype = 'advisory' and pid = ${pid}`).toHaveLength(0);
  expect(await stage.database("reader").execute("select from pg_prepared_statements")).toHaveLength(0);
});

test("a measured plan tells times, rows and blocks, and which estimate was wrong", async () => {
  const text = "select id from guards where name || $1 = $2 and hired_at < now() - interval $3";
  const measured = await measure(text, "'; drop table guards; --", "guard 5'; drop table guards; --", "2 days");
  if (measured.state !== "measured") throw new Error(JSON.stringify(measured));
  const [scan] = listNodes(measured.plan);
  expect(scan).toMatchObject({ relation: "guards", measured: { loops: 1, rows: 1, readBlocks: 0 } });
  expect(scan?.measured?.hitBlocks).toBeGreaterThan(10);
  expect(JSON.stringify(measured.plan)).not.toContain("guard 5");
  const misjudged = await measure("select id from guards where left(name, 5) = $1", "guard");
  if (misjudged.state !== "measured") throw new Error(JSON.stringify(misjudged));
  expect(listNodes(misjudged.plan).some(isMisestimated)).toBe(true);
});

test("values are held against the types of their parameters before anything runs", async () => {
  const text = "select id from guards where id = $1 and hired_at > $2";
  expect(await measure(text, "4", "2026-01-01 10:00+01")).toMatchObject({ state: "measured" });
  const refused = await measure(text, "four");
  expect(refused).toEqual({
    state: "refused",
    sentences: [
      "Parameter $1 does not look like integer; enter a value such as 12.",
      "Parameter $2 has no value; enter one of type timestamp with time zone, such as 2026-11-22 18:00+01.",
    ],
  });
  expect(await measure(text, "9999999999", "2026-02-31 10:00+01")).toMatchObject({ state: "refused" });
  expect(await measure("select id from guards where guards = $1", "x")).toMatchObject({ state: "refused" });
});

test("one at a time; the next runs when it has ended", async () => {
  const holder = stage.connect();
  await holder`begin`;
  await holder`select pg_advisory_xact_lock(7142009)`;
  expect(JSON.stringify(await measure("select 1"))).toContain("another measurement is running");
  await holder`rollback`;
  expect(await measure("select 1")).toMatchObject({ state: "measured" });
});

test("what takes too long is cancelled", async () => {
  const login = stage.database("reader");
  const [{ role } = { role: "" }] = await login.execute<{ role: string }>("select current_user as role");
  await login.execute("set statement_timeout = '300ms'");
  const text =
    "select count(*) from guards as a, guards as b, guards as c where a.id + b.id = c.id * $1 + length(a.name)";
  expect(await measure(text, "2")).toMatchObject({
    state: "failed",
    sentence: expect.stringContaining("was cancelled"),
  });
  await login.execute("reset statement_timeout");
  expect(role).toMatch(/^reader_/);
});

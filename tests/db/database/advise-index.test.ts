import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { type Advice, adviseIndex } from "../../../db/database/advise-index";
import { readServerProfile } from "../../../db/database/server-profile";
import { openStage, type Stage } from "../panels/stage";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(inject("serverUrl"));
  await stage.owner.unsafe(`
    create extension hypopg;
    create table guards (id integer primary key, name text not null);
    create table "Rounds" (
      id bigint generated always as identity primary key, guard_id integer not null, status text not null,
      "walked At" timestamptz not null, note text
    );
    insert into guards select n, 'guard ' || n from generate_series(1, 500) as n;
    insert into "Rounds" (guard_id, status, "walked At", note)
    select n % 500 + 1, (array['open', 'done'])[n % 2 + 1], now() - n * interval '1 minute', repeat('x', 80)
    from generate_series(1, 40000) as n;
    analyze`);
});
afterAll(() => stage?.close());

async function advise(text: string): Promise<Advice> {
  const db = stage.database("reader");
  return adviseIndex(db, await readServerProfile(db), text);
}

async function bestOf(text: string) {
  const advice = await advise(text);
  if (advice.state !== "proved") throw new Error(JSON.stringify(advice));
  return advice.advice[0] as (typeof advice.advice)[number];
}

const listIndexes = async () =>
  (
    await stage.owner<{ name: string }[]>`
    select indexrelid::regclass::text as name from pg_index where indrelid = '"Rounds"'::regclass order by 1`
  ).map(({ name }) => name);

test("the column compared by = comes first, then the range, whatever their order in the statement", async () => {
  const best = await bestOf(`select note from "Rounds" where "walked At" > $1 and guard_id = $2`);
  expect(best.columns).toEqual(["guard_id", "walked At"]);
  expect(best.costAfter).toBeLessThan(0.8 * best.costBefore);
  expect(best.sizeBytes).toBeGreaterThan(40_000 * 8);
  expect(best.writes).toMatchObject({ indexCount: 1 });
  expect(await listIndexes()).toEqual([`"Rounds_pkey"`]);
});

test("an order that a limit waits for is part of the index", async () => {
  const best = await bestOf(`select id from "Rounds" where guard_id = $1 order by "walked At" desc limit $2`);
  expect(best.columns).toEqual(["guard_id", "walked At"]);
});

test("the column that joins is found on the side that lacks an index", async () => {
  const best = await bestOf(
    `select rounds.note from guards join "Rounds" as rounds on rounds.guard_id = guards.id where guards.id = $1`,
  );
  expect(best).toMatchObject({ table: "Rounds", columns: ["guard_id"] });
});

test("the SQL of an advice builds the index that was meant, which cures the statement, and takes it away again", async () => {
  const text = `select note from "Rounds" where guard_id = $1 and "walked At" > $2`;
  const best = await bestOf(text);
  expect(best.up).toMatch(
    /^-- transaction: none\ncreate index concurrently "Rounds_guard_id_walked At_idx" on public."Rounds"/,
  );
  const run = (script: string) => stage.owner.unsafe(script.replace(/^--.*\n/, ""));
  await run(best.up);
  expect(await listIndexes()).toEqual([`"Rounds_guard_id_walked At_idx"`, `"Rounds_pkey"`]);
  expect(await advise(text)).toMatchObject({ state: "none" });
  await run(best.down);
  expect(await listIndexes()).toEqual([`"Rounds_pkey"`]);
});

test("nothing is advised that would not pay: all rows are asked for, or half of them", async () => {
  expect(await advise(`select note from "Rounds"`)).toEqual({ state: "none", triedCount: 0 });
  const half = await advise(`select count(note) from "Rounds" where status = $1`);
  expect(half.state).toBe("none");
  expect((half as { triedCount: number }).triedCount).toBeGreaterThan(0);
});

test("no imagined index stays on the connection", async () => {
  await advise(`select note from "Rounds" where guard_id = $1`);
  expect(await stage.database("reader").execute("select from hypopg()")).toHaveLength(0);
});

test("without the extension the page is told what is missing", async () => {
  const db = stage.database("reader");
  const { hypopg: _, ...extensions } = (await readServerProfile(db)).extensions;
  const advice = await adviseIndex(db, { ...(await readServerProfile(db)), extensions }, "select 1");
  expect(advice).toMatchObject({ state: "unproved", sentence: expect.stringContaining("no extension hypopg") });
});

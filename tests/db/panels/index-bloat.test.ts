import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { judgeRow, type PanelRow } from "../../../db/panel";
import { indexBloat } from "../../../db/panels/index-bloat";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let stage: Stage;

/** Keys of an index of `id integer, at timestamptz, kind text, note text, fee numeric`, and what happens after. */
const fixtures: Record<string, [keys: string, ...after: string[]]> = {
  unique_key: ["unique (id)"],
  fresh: ["(id)"],
  times: ["(at, id)"],
  nulls: ["(fee)"],
  texts: ["(note)"],
  words: ["(lower(note))"],
  few_keys: ["(kind)"],
  some_keys: ["(kind, fee)"],
  covering: ["(id) include (note)"],
  part: ["(id) where kind = 'kind 1'"],
  roomy: ["(id) fillfactor 60"],
  descending: ["(id desc)"],
  deleted: ["(id)", "delete from deleted where id % 10 < 6", "vacuum deleted"],
  deleted_texts: ["unique (note, id)", "delete from deleted_texts where id % 10 < 8", "vacuum deleted_texts"],
  deleted_few_keys: ["(kind)", "delete from deleted_few_keys where id % 10 < 6", "vacuum deleted_few_keys"],
};

beforeAll(async () => {
  stage = await openStage(inject("serverUrl"));
  await stage.owner.unsafe("create extension if not exists pgstattuple");
  for (const [name, [keys, ...after]] of Object.entries(fixtures)) {
    const unique = keys.startsWith("unique") ? "unique" : "";
    const definition = keys.replace("unique ", "").replace("fillfactor 60", "with (fillfactor = 60)");
    await stage.owner.unsafe(`
      create table ${name} (id integer, at timestamptz, kind text, note text, fee numeric) with (autovacuum_enabled = off);
      insert into ${name}
      select n, now() + make_interval(secs => n), 'kind ' || n % 5, md5(n::text) || repeat('x', n % 20),
             case when n % 3 > 0 then n * 1.5 end
      from generate_series(1, 20000) as n;
      create ${unique} index ${name}_index on ${name} ${definition}`);
    for (const statement of [
      "select pg_stat_force_next_flush()",
      ...after,
      "select pg_stat_force_next_flush()",
      `analyze ${name}`,
    ])
      await stage.owner.unsafe(statement);
  }
});
afterAll(() => stage.close());

async function estimateOf(name: string): Promise<PanelRow> {
  const all = await stage.rows(indexBloat);
  return all.find((row) => row.index === `public.${name}_index`) as PanelRow;
}

/** What a rebuild gives back; how full pgstatindex finds the leaves before it. */
async function truthOf(name: string): Promise<{ ratio: number; density: number }> {
  const index = `${name}_index`;
  const look = async () => {
    const [row] = await stage.owner<{ pages: number; density: number }[]>`
      select pg_relation_size(${index}::text::regclass)::float8 / 8192 as pages, avg_leaf_density as density from pgstatindex(${index}::text)`;
    return row as { pages: number; density: number };
  };
  const before = await look();
  await stage.owner.unsafe(`reindex index ${index}`);
  const after = await look();
  return { ratio: 1 - after.pages / before.pages, density: before.density };
}

test.each(Object.keys(fixtures))("%s: the estimate lies within the error that it states", async (name) => {
  const [{ bloatRatio, errorRatio }, truth] = [await estimateOf(name), await truthOf(name)];
  expect(truth.density > 80 ? truth.ratio : 0).toBeLessThan(0.05);
  expect(Math.abs((bloatRatio as number) - truth.ratio)).toBeLessThanOrEqual(errorRatio as number);
});

test("where equal keys are merged the error says that the estimate proves nothing", async () => {
  expect(await estimateOf("deleted_few_keys")).toMatchObject({
    mergesEqualKeys: true,
    errorRatio: expect.closeTo(1, 1),
  });
  expect(await estimateOf("deleted")).toMatchObject({ mergesEqualKeys: false, errorRatio: expect.closeTo(0.05, 1) });
});

test(
  "an index goes from clean to bloated to rebuilt",
  storyOf(indexBloat, async () => {
    await stage.owner.unsafe(`
    create table story (id integer primary key) with (autovacuum_enabled = off);
    insert into story select generate_series(1, 480000)`);
    const judge = async () => {
      for (const statement of ["select pg_stat_force_next_flush()", "vacuum analyze story"])
        await stage.owner.unsafe(statement);
      const all = await stage.rows(indexBloat);
      return judgeRow(indexBloat, all.find((row) => row.index === "public.story_pkey") as PanelRow);
    };
    expect(await judge()).toBe("ok");
    await stage.owner.unsafe("delete from story where id % 10 < 7");
    await until(async () => (await judge()) === "warning");
    await until(async () => {
      await stage.owner.unsafe("reindex index story_pkey"); // An autovacuum of the catalog may hold back its first run.
      return (await judge()) === "ok";
    });
  }),
);

test("bloat is unknown, not zero, to who may not see the statistics", async () => {
  for (const viewer of ["monitor", "stranger"] as const) {
    const rows = await stage.rows(indexBloat, viewer);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) expect(judgeRow(indexBloat, row)).toBe("unknown");
  }
});

import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { judgeRow, type PanelRow } from "../../../db/panel";
import { tableBloat } from "../../../db/panels/table-bloat";
import { type CountedTable, exactTableBloat } from "../../../db/rules/database/exact-bloat";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let stage: Stage;

const rows = 20_000;
const from = `from generate_series(1, ${rows}) as n`;

/** Columns and how they are filled; the statements after it make the table worse or stranger. */
const fixtures: Record<string, [columns: string, values: string, ...after: string[]]> = {
  padded: ["a boolean, b bigint, c boolean, d bigint", "true, n, false, n"],
  narrow_and_wide: ["a smallint, b integer, c boolean, d double precision, e date", "1, n, true, n, 'today'"],
  plain: ["id integer, at timestamptz, guard bigint", "n, now(), n"],
  short_texts: ["id integer, note text, guard integer", "n, repeat('x', n % 40), n"],
  texts_between_numbers: ["a text, b bigint, c text, d bigint", "repeat('x', n % 7), n, repeat('y', n % 50), n"],
  long_texts: ["id bigint, note text, guard integer", "n, repeat(md5(n::text), 4 + n % 9), n"],
  null_heavy: [
    "id integer, a text, b text, c text, d bigint",
    "n, case when n % 10 = 0 then repeat('x', 90) end, null, case when n % 7 = 0 then 'y' end, case when n % 2 = 0 then n end",
  ],
  many_columns: [
    Array.from({ length: 14 }, (_, i) => `c${i} integer`).join(", "),
    Array.from({ length: 14 }, (_, i) => `case when n % ${i + 2} = 0 then n end`).join(", "),
  ],
  documents: [
    "id uuid, fee numeric, facts jsonb, seen timestamptz[]",
    "gen_random_uuid(), n * 1.25, jsonb_build_object('n', n, 'name', repeat('z', n % 90)), array[now(), now()]",
  ],
  wide_rows: [
    "id integer, note text",
    "n, left(repeat(md5(n::text), 60), 1700)",
    "alter table wide_rows alter note set storage plain",
  ],
  toasted: [
    "id integer, note text",
    "n, (select string_agg(md5((n * m)::text), '') from generate_series(1, case when n <= 300 then 200 else 1 end) as m)",
  ],
  equal_values: ["id integer, kind text", "n, 'patrol'"],
  deleted: [
    "id integer, at timestamptz, note text",
    "n, now(), repeat('x', n % 30)",
    "delete from deleted where id % 10 < 6",
    "vacuum deleted",
  ],
  dead: [
    "id integer, at timestamptz, note text",
    "n, now(), repeat('x', n % 30)",
    "delete from dead where id % 10 < 6",
  ],
  updated: ["id integer, at timestamptz, guard bigint", "n, now(), n", "update updated set guard = guard + 1"],
  dropped_column: ["id integer, gone bigint, at timestamptz", "n, n, now()", "alter table dropped_column drop gone"],
  added_column: ["id integer, at timestamptz", "n, now()", "alter table added_column add fee bigint default 7"],
};

beforeAll(async () => {
  stage = await openStage(inject("serverUrl"));
  await stage.owner.unsafe("create extension if not exists pgstattuple");
  for (const [name, [columns, values, ...after]] of Object.entries(fixtures)) {
    await stage.owner.unsafe(`create table ${name} (${columns}) with (autovacuum_enabled = off)`);
    await stage.owner.unsafe(`insert into ${name} select ${values} ${from}`);
    const flush = "select pg_stat_force_next_flush()"; // Else rows of before the analyze count as changed since.
    for (const statement of [...after, flush, `analyze ${name}`]) await stage.owner.unsafe(statement);
  }
});
afterAll(() => stage.close());

async function estimateOf(table: string): Promise<PanelRow> {
  const all = await stage.rows(tableBloat);
  return all.find((row) => row.table === `public.${table}`) as PanelRow;
}

/** The share of its pages that the same rows do not need in a fresh table, which pgstattuple finds without a dead one. */
async function truthOf(table: string): Promise<number> {
  await stage.owner.unsafe(`create table ${table}_fresh (like ${table} including storage)`);
  await stage.owner.unsafe(`insert into ${table}_fresh select * from ${table}`);
  const [row] = await stage.owner<{ ratio: number; dead: number }[]>`
    select 1 - fresh.table_len / stale.table_len::float8 as ratio, fresh.dead_tuple_count::integer as dead
    from pgstattuple(${table}::text) as stale, pgstattuple(${`${table}_fresh`}::text) as fresh`;
  await stage.owner.unsafe(`drop table ${table}_fresh`);
  expect(row?.dead).toBe(0);
  return row?.ratio as number;
}

test.each(Object.keys(fixtures))("%s: the estimate lies within the error that it states", async (table) => {
  const [{ bloatRatio, errorRatio }, truth] = [await estimateOf(table), await truthOf(table)];
  expect(Math.abs((bloatRatio as number) - truth)).toBeLessThanOrEqual(errorRatio as number);
});

/** Tables whose rows a fresh one would hold in the same shape. */
const evenlyShaped = Object.keys(fixtures).filter((table) => !/toasted|_column$/.test(table));

test.each(evenlyShaped)("%s: what is counted page by page comes to what a fresh table would need", async (table) => {
  const [row] = await stage.owner<{ pages: number; liveTuples: number; liveBytes: number }[]>`
    select table_len::float8 / 8192 as pages, tuple_count::float8 as "liveTuples", tuple_len::float8 as "liveBytes"
    from pgstattuple(${table}::text)`;
  const counted = exactTableBloat(row as CountedTable, { pageBytes: 8192, fillRatio: 1 });
  expect(Math.abs(counted - (await truthOf(table)))).toBeLessThan(0.03);
});

test.each(["deleted", "dead", "updated"])(
  "%s: what deletes and updates left is found to a few hundredths",
  async (table) => {
    const { bloatRatio, errorRatio } = await estimateOf(table);
    expect(bloatRatio).toBeGreaterThan(0.45);
    expect(errorRatio).toBeLessThan(0.05);
  },
);

test(
  "a table goes from clean to bloated to rewritten; one below 10 MiB is not judged",
  storyOf(tableBloat, async () => {
    await stage.owner.unsafe(`
    create table story (id integer, at timestamptz, note text) with (autovacuum_enabled = off);
    insert into story select n, now(), repeat('x', 60) from generate_series(1, 120000) as n`);
    const judge = async () => {
      await stage.owner.unsafe("select pg_stat_force_next_flush()");
      await stage.owner.unsafe("analyze story");
      return judgeRow(tableBloat, await estimateOf("story"));
    };
    expect(await judge()).toBe("ok");
    await stage.owner.unsafe("delete from story where id % 10 < 6");
    expect(await judge()).toBe("warning");
    expect(await estimateOf("deleted")).toMatchObject({ certainRatio: 0 });
    await until(async () => {
      await stage.owner.unsafe("vacuum full story"); // An autovacuum of the catalog may hold back its first run.
      return (await judge()) === "ok";
    });
  }),
);

test("rows that were deleted since the last analyze widen the error", async () => {
  await stage.owner.unsafe("create table stale (id integer) with (autovacuum_enabled = off)");
  await stage.owner.unsafe("insert into stale select generate_series(1, 20000)");
  for (const statement of ["select pg_stat_force_next_flush()", "analyze stale", "select pg_stat_force_next_flush()"])
    await stage.owner.unsafe(statement);
  expect(await estimateOf("stale")).toMatchObject({ errorRatio: expect.closeTo(0.02, 1) });
  await stage.owner.unsafe("delete from stale where id % 10 < 6");
  await stage.owner.unsafe("select pg_stat_force_next_flush()");
  const { bloatRatio, errorRatio } = await estimateOf("stale");
  expect(Math.abs((bloatRatio as number) - (await truthOf("stale")))).toBeLessThanOrEqual(errorRatio as number);
  expect(errorRatio).toBeGreaterThan(0.5);
});

test("bloat is unknown, not zero, to who may not see the statistics, and before the first analyze", async () => {
  for (const viewer of ["monitor", "stranger"] as const) {
    const rows = await stage.rows(tableBloat, viewer);
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      expect(row).toMatchObject({ bloatBytes: null, bloatRatio: null, certainRatio: null });
      expect(judgeRow(tableBloat, row)).toBe("unknown");
    }
  }
  await stage.owner.unsafe("create table unseen as select n as id from generate_series(1, 1000) as n");
  await stage.owner.unsafe("vacuum unseen");
  expect(judgeRow(tableBloat, await estimateOf("unseen"))).toBe("unknown");
});

test("a table under row security is known to the console and to nobody else", async () => {
  await stage.owner.unsafe("alter table updated enable row level security, force row level security");
  expect(await estimateOf("updated")).toMatchObject({ bloatRatio: expect.closeTo(0.5, 2) });
  await stage.owner.unsafe("drop function ops_column_widths()");
  expect(await estimateOf("updated")).toMatchObject({ bloatRatio: null });
});

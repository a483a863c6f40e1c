import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeRow, type PanelRow } from "../../../db/panel";
import { narrowChildKeys } from "../../../db/panels/narrow-child-keys";
import { sequences } from "../../../db/panels/sequences";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage, type Viewer } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(14);
  stage = await openStage(server.url);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

const run = (statement: string) => stage.owner.unsafe(statement);

async function sequenceOf(name: string, viewer?: Viewer): Promise<PanelRow> {
  const row = (await stage.rows(sequences, viewer)).find(({ sequence }) => sequence === `public.${name}`);
  if (!row) throw new Error(`No sequence ${name}`);
  return row;
}

const near = 2_100_000_000; // 97.8 % of an integer

test.each([
  ["a serial", "create table a (id serial)", "a_id_seq", near, 0.978],
  ["an identity", "create table b (id integer generated always as identity)", "b_id_seq", near, 0.978],
  [
    "an integer filled by a sequence of bigints",
    "create sequence c_seq; create table c (id integer default nextval('c_seq'))",
    "c_seq",
    near,
    0.978,
  ],
  [
    "a column widened behind its serial",
    "create table d (id serial); alter sequence d_id_seq as bigint",
    "d_id_seq",
    near,
    0.978,
  ],
  ["a smallint", "create table e (id smallserial)", "e_id_seq", 32_000, 0.977],
  [
    "a domain",
    "create domain number as integer; create sequence f_seq; create table f (id number default nextval('f_seq'))",
    "f_seq",
    near,
    0.978,
  ],
  [
    "a sequence that counts down",
    "create table g (id integer); create sequence g_seq increment -1 owned by g.id",
    "g_seq",
    -near,
    0.978,
  ],
  [
    "the narrowest of two columns",
    "create sequence h_seq; create table h (id bigint default nextval('h_seq'), n integer default nextval('h_seq'))",
    "h_seq",
    near,
    0.978,
  ],
  [
    "a circle that is wider than its column",
    "create sequence i_seq cycle; create table i (id integer default nextval('i_seq'))",
    "i_seq",
    near,
    0.978,
  ],
  [
    "one that begins beyond its column",
    "create sequence j_seq start 3000000000; create table j (id integer default nextval('j_seq'))",
    "j_seq",
    null,
    1.397,
  ],
] as const)(
  "%s goes from fresh to nearly full to widened",
  storyOf(sequences, async (_, statement, name, value, ratio) => {
    expect((await stage.rows(sequences)).map(({ sequence }) => sequence)).not.toContain(`public.${name}`);
    await run(statement);
    if (value !== null) {
      expect(judgeRow(sequences, await sequenceOf(name))).toBe("ok");
      await run(`select setval('${name}', ${value})`);
    }
    const row = await sequenceOf(name);
    expect(row).toMatchObject({ lastValue: value, usedRatio: expect.closeTo(ratio, 3) });
    expect(judgeRow(sequences, row)).toBe("critical");
    for (const column of String(row.column).split(", ")) {
      const [table, attribute] = column.split(".");
      await run(`alter table ${table} alter ${attribute} type bigint`);
    }
    const owner = `select from pg_sequence where seqrelid = '${name}'::regclass and seqtypid <> 'bigint'::regtype`;
    if ((await run(owner)).length > 0) await run(`alter sequence ${name} as bigint`);
    expect(judgeRow(sequences, await sequenceOf(name))).toBe("ok");
  }),
);

test.each([
  ["bigint", "create table k (id bigserial)", "k_id_seq"],
  ["no column", "create sequence l_seq", "l_seq"],
] as const)("the same value is nothing for %s", async (_, statement, name) => {
  await run(`${statement}; select setval('${name}', ${near})`);
  expect(judgeRow(sequences, await sequenceOf(name))).toBe("ok");
});

test("a circle within its column never runs out", async () => {
  await run(
    "create sequence m_seq as smallint cycle; create table m (id integer default nextval('m_seq')); select setval('m_seq', 32760)",
  );
  expect(await sequenceOf("m_seq")).toMatchObject({ usedRatio: 0 });
});

test("the whole range of bigint is no overflow", async () => {
  await run("create sequence n_seq minvalue -9223372036854775808 start 5");
  expect(await sequenceOf("n_seq")).toMatchObject({ usedRatio: expect.closeTo(0.5, 5) });
});

test("a sequence that the login may not read, or that is locked, is unknown and not fresh", async () => {
  await run("create table o (id serial); select setval('o_id_seq', 2100000000)");
  for (const viewer of ["monitor", "stranger"] as const) {
    const row = await sequenceOf("o_id_seq", viewer);
    expect(row).toMatchObject({ lastValue: null, usedRatio: null });
    expect(judgeRow(sequences, row)).toBe("unknown");
  }
  await run("begin; alter sequence o_id_seq cache 10");
  expect(await stage.rows(sequences)).toContainEqual(
    expect.objectContaining({ sequence: "public.o_id_seq", usedRatio: null }),
  );
  await run("commit");
  expect(judgeRow(sequences, await sequenceOf("o_id_seq"))).toBe("critical");
});

test(
  "a reference narrower than its parent is found until it is widened; equal and wider ones are not",
  storyOf(narrowChildKeys, async () => {
    expect(await stage.rows(narrowChildKeys)).toEqual([]);
    await run(`
    create table shifts (id bigint primary key, code text unique);
    create table rounds (id integer primary key, shift_id integer constraint of_shift references shifts, code text references shifts (code));
    create table notes (round_id bigint references rounds, shift_id bigint references shifts);
    create table days (at date, shift_id integer constraint of_day references shifts) partition by range (at);
    create table days_1 partition of days default`);
    const found = await stage.rows(narrowChildKeys);
    expect(
      found.map(({ constraint, column, type, referencedType }) => [constraint, column, type, referencedType]),
    ).toEqual([
      ["of_day", "days.shift_id", "integer", "bigint"],
      ["of_shift", "rounds.shift_id", "integer", "bigint"],
    ]);
    expect(found.map((row) => judgeRow(narrowChildKeys, row))).toEqual(["warning", "warning"]);
    await run("alter table rounds alter shift_id type bigint; alter table days alter shift_id type bigint");
    expect(await stage.rows(narrowChildKeys)).toEqual([]);
  }),
);

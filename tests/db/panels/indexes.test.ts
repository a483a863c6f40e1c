import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { actOf, judgeRow, type Panel } from "../../../db/panel";
import { duplicateIndexes } from "../../../db/panels/duplicate-indexes";
import { invalidIndexes } from "../../../db/panels/invalid-indexes";
import { missingForeignKeyIndexes } from "../../../db/panels/missing-foreign-key-indexes";
import { unusedIndexes } from "../../../db/panels/unused-indexes";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";
import { storyOf } from "./story";

let server: VersionServer;
let stage: Stage;

beforeAll(async () => {
  server = await startVersion(16);
  stage = await openStage(server.url);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});

beforeEach(async () => {
  await stage.owner.unsafe("drop schema public cascade");
  await stage.owner.unsafe(`
    create schema public;
    grant usage on schema public to public;
    create table guards (id integer primary key, name text, region text, facts jsonb);
    create table rounds (id bigint primary key, guard_id integer, at timestamptz, note text, fee numeric)`);
});

async function listed(panel: Panel, column = "index"): Promise<string[]> {
  return (await stage.rows(panel)).map((row) => String(row[column]).replace("public.", ""));
}

const run = (statement: string) => stage.owner.unsafe(statement);

/** Undoes and does what the panel's remedy says for its first row. */
async function followRemedy(panel: Panel): Promise<{ up: string; down: string | null }> {
  const [row] = await stage.rows(panel);
  const statement = panel.remedy.statement?.(row ?? {});
  if (!statement) throw new Error("There is no way out.");
  await run(statement.up);
  return statement;
}

describe("unused indexes", () => {
  test(
    "one that nobody reads is listed; its way out takes it away, and brings it back",
    storyOf(unusedIndexes, async () => {
      expect(await listed(unusedIndexes)).toEqual([]);
      await run('create index "Notes" on rounds (note)');
      expect(await listed(unusedIndexes)).toEqual(['"Notes"']);
      const { down } = await followRemedy(unusedIndexes);
      expect(await listed(unusedIndexes)).toEqual([]);
      await run(String(down));
      expect(await listed(unusedIndexes)).toEqual(['"Notes"']);
    }),
  );

  test("one that a query reads leaves the list", async () => {
    await run("create index rounds_at on rounds (at)");
    await stage.owner.begin(async (transaction) => {
      await transaction.unsafe("set local enable_seqscan = off");
      await transaction.unsafe("select * from rounds where at > now()");
    });
    await run("select pg_stat_force_next_flush()");
    await until(async () => (await listed(unusedIndexes)).length === 0);
  });

  test("less than a week of counting judges nothing", async () => {
    await run("create index rounds_note on rounds (note)");
    const [row] = await stage.rows(unusedIndexes);
    expect(row).toMatchObject({ wastedBytes: null, observedSeconds: expect.any(Number) });
    expect(judgeRow(unusedIndexes, row ?? {})).toBe("unknown");
  });

  test.each([
    ["a unique index", "create unique index on guards (name)"],
    ["an exclusion", "alter table rounds add exclude using gist (tstzrange(at, at + interval '1 hour') with &&)"],
    [
      "the replica identity",
      "alter table rounds alter at set not null; create unique index a on rounds (at); alter table rounds replica identity using index a",
    ],
    ["what CLUSTER follows", "create index a on rounds (at); alter table rounds cluster on a"],
    [
      "the support of a foreign key",
      "alter table rounds add foreign key (guard_id) references guards; create index on rounds (guard_id, at)",
    ],
    [
      "the part of a partitioned index",
      "create table days (at date) partition by range (at); create table days_1 partition of days default; create index on days (at)",
    ],
  ])("%s is never listed", async (_, statement) => {
    await run(statement.replace("tstzrange(at, at + interval '1 hour')", "int4range(guard_id, guard_id + 1)"));
    expect(await listed(unusedIndexes)).toEqual([]);
  });
});

describe("duplicate and redundant indexes", () => {
  test.each([
    ["the same index twice", "create index a on rounds (at); create index b on rounds (at)", [["b", "duplicate", "a"]]],
    ["the twin of a primary key", "create index b on rounds (id)", [["b", "duplicate", "rounds_pkey"]]],
    [
      "the beginning of a wider one",
      "create index a on rounds (at); create index b on rounds (at, note)",
      [["a", "redundant", "b"]],
    ],
    [
      "the same expression under a longer name",
      "create index a on rounds (lower(note)); create index a_much_longer_name on rounds (lower(note))",
      [["a_much_longer_name", "duplicate", "a"]],
    ],
    [
      "the same part",
      "create index a on rounds (at) where fee > 0; create index longer_b on rounds (at) where fee > 0",
      [["longer_b", "duplicate", "a"]],
    ],
    [
      "one that another covers",
      "create index a on rounds (at); create index b on rounds (at) include (note)",
      [["a", "duplicate", "b"]],
    ],
    [
      "a family of partitions, once",
      "create table days (at date, n int) partition by range (at); create table days_1 partition of days default; create index d1 on days (at); create index d2 on days (at)",
      [["d2", "duplicate", "d1"]],
    ],
  ] as const)(
    "%s is found, and its way out leaves nothing",
    storyOf(duplicateIndexes, async (_, statement, expected) => {
      expect(await listed(duplicateIndexes)).toEqual([]);
      await run(statement);
      const rows = await stage.rows(duplicateIndexes);
      expect(
        rows.map((row) => [row.index, row.kind, row.coveredBy].map((name) => String(name).replace("public.", ""))),
      ).toEqual(expected);
      const { down } = await followRemedy(duplicateIndexes);
      expect(await listed(duplicateIndexes)).toEqual([]);
      await run(String(down));
      expect(await listed(duplicateIndexes)).toHaveLength(1);
    }),
  );

  test.each([
    ["another order", "create index a on rounds (at); create index b on rounds (at desc)"],
    ["nulls elsewhere", "create index a on rounds (at); create index b on rounds (at nulls first)"],
    ["another operator class", "create index a on guards (name); create index b on guards (name text_pattern_ops)"],
    ["another collation", 'create index a on guards (name); create index b on guards (name collate "C")'],
    ["another method", "create index a on rounds (at); create index b on rounds using brin (at)"],
    [
      "the beginning of another method",
      "create index a on rounds using brin (at); create index b on rounds using brin (at, id)",
    ],
    ["another expression", "create index a on guards (lower(name)); create index b on guards (upper(name))"],
    ["another part", "create index a on rounds (at) where fee > 0; create index b on rounds (at) where fee > 1"],
    ["a part beside the whole", "create index a on rounds (at); create index b on rounds (at) where fee > 0"],
    ["a unique beginning", "create unique index a on guards (name); create index b on guards (name, region)"],
    ["two unique ones", "create unique index a on guards (name); create unique index b on guards (name)"],
    ["columns in another order", "create index a on guards (name, region); create index b on guards (region, name)"],
    [
      "one that includes what the wider one lacks",
      "create index a on rounds (at) include (note); create index b on rounds (at, fee)",
    ],
    [
      "an invalid twin",
      "create index a on rounds (at); create index b on rounds (at); update pg_index set indisvalid = false where indexrelid = 'a'::regclass",
    ],
  ])("%s is no duplicate", async (_, statement) => {
    await run(statement);
    expect(await listed(duplicateIndexes)).toEqual([]);
  });
});

describe("invalid indexes", () => {
  test(
    "a build that broke off is found, whether writes pay for it or not, and its way out clears it",
    storyOf(invalidIndexes, async () => {
      await run("insert into guards (id, name) select n, 'same' from generate_series(1, 10) as n");
      expect(await listed(invalidIndexes)).toEqual([]);
      await expect(run("create unique index concurrently guards_name on guards (name)")).rejects.toThrow(
        "could not create unique index",
      );
      expect(await stage.rows(invalidIndexes)).toMatchObject([
        { index: "public.guards_name", isWritten: false, origin: "a concurrent build broke off" },
      ]);
      await followRemedy(invalidIndexes);
      expect(await listed(invalidIndexes)).toEqual([]);
    }),
  );

  test("one that is being built is not broken", async () => {
    const [reader, builder] = [stage.connect(), stage.connect()];
    await reader.unsafe("begin; lock table guards in row exclusive mode");
    const built = builder.unsafe("create index concurrently guards_region on guards (region)").catch(() => {});
    await until(async () => (await run("select from pg_index where not indisvalid")).length === 1);
    expect(await listed(invalidIndexes)).toEqual([]);
    await reader.unsafe("rollback");
    await built;
  });

  test("the partitioned parent that waits for its parts is not broken", async () => {
    await run(
      "create table days (at date) partition by range (at); create table days_1 partition of days default; create index on only days (at)",
    );
    expect(await listed(invalidIndexes)).toEqual([]);
  });

  test("one of a partitioned index, which PostgreSQL drops with the whole only, is built anew in its place", async () => {
    await run(
      "create table days (at date) partition by range (at); create table days_1 partition of days default; create index on days (at); update pg_index set indisvalid = false where indexrelid = 'days_1_at_idx'::regclass",
    );
    const [row] = await stage.rows(invalidIndexes);
    expect(row).toMatchObject({ index: "public.days_1_at_idx", isPart: true });
    await expect(run("drop index concurrently public.days_1_at_idx")).rejects.toThrow("cannot drop index");
    expect(actOf(invalidIndexes, row ?? {})).toEqual({
      operation: "reindex-index-concurrently",
      fields: { index: "public.days_1_at_idx" },
    });
    await followRemedy(invalidIndexes);
    expect(await listed(invalidIndexes)).toEqual([]);
  });

  test("who may not see builds under way is told so, not alarmed", async () => {
    expect(await stage.reading(invalidIndexes, "stranger")).toMatchObject({
      sentence: "Not permitted: needs pg_read_all_stats.",
    });
  });
});

describe("foreign keys without an index", () => {
  const reference = "alter table rounds add constraint of_guard foreign key (guard_id) references guards";

  test(
    "one is found, and its way out supports it",
    storyOf(missingForeignKeyIndexes, async () => {
      expect(await listed(missingForeignKeyIndexes, "constraint")).toEqual([]);
      await run(reference);
      expect(await stage.rows(missingForeignKeyIndexes)).toMatchObject([
        { constraint: "of_guard", columns: "guard_id", tableBytes: 0 },
      ]);
      const { up, down } = await followRemedy(missingForeignKeyIndexes);
      expect(up).toBe("create index concurrently rounds_guard_id_idx on rounds (guard_id);");
      expect(await listed(missingForeignKeyIndexes, "constraint")).toEqual([]);
      await run(String(down));
      expect(await listed(missingForeignKeyIndexes, "constraint")).toEqual(["of_guard"]);
    }),
  );

  test("names with dots, quotes and capitals are taken apart where they part", async () => {
    await run(
      'create schema "my.own"; create table "my.own"."a.b" (id integer primary key, "Guard ""x""" integer references guards, plain integer)',
    );
    const [row] = await stage.rows(missingForeignKeyIndexes);
    expect(actOf(missingForeignKeyIndexes, row ?? {})).toEqual({
      operation: "create-index-concurrently",
      fields: { table: "my.own.a.b", columns: 'Guard "x"' },
    });
    const { up, down } = await followRemedy(missingForeignKeyIndexes);
    expect(up).toContain('create index concurrently "a.b_Guard ""x""_idx" on "my.own"."a.b"');
    expect(await listed(missingForeignKeyIndexes)).toEqual([]);
    await run(String(down));
    expect(await listed(missingForeignKeyIndexes)).toHaveLength(1);
    await run('drop schema "my.own" cascade');
  });

  test("a large table without one is a warning, a small one is not", async () => {
    await run(
      `${reference}; insert into guards values (1); insert into rounds select n, 1, now(), repeat('x', 500) from generate_series(1, 20000) as n`,
    );
    expect((await stage.rows(missingForeignKeyIndexes)).map((row) => judgeRow(missingForeignKeyIndexes, row))).toEqual([
      "ok",
    ]);
    await run("vacuum rounds");
    expect((await stage.rows(missingForeignKeyIndexes)).map((row) => judgeRow(missingForeignKeyIndexes, row))).toEqual([
      "warning",
    ]);
  });

  test.each([
    ["one column", "create index on rounds (guard_id)"],
    ["the first of two", "create index on rounds (guard_id, at)"],
    ["a hash", "create index on rounds using hash (guard_id)"],
    ["all that are not null", "create index on rounds (guard_id) where guard_id is not null"],
  ])("an index of %s supports it", async (_, statement) => {
    await run(`${reference}; ${statement}`);
    expect(await listed(missingForeignKeyIndexes, "constraint")).toEqual([]);
  });

  test.each([
    ["a part of the rows", "create index on rounds (guard_id) where fee > 0"],
    ["the second of two", "create index on rounds (at, guard_id)"],
    ["BRIN", "create index on rounds using brin (guard_id)"],
    ["an included column", "create index on rounds (at) include (guard_id)"],
    ["an expression", "create index on rounds (abs(guard_id))"],
    [
      "an invalid one",
      "create index a on rounds (guard_id); update pg_index set indisvalid = false where indexrelid = 'a'::regclass",
    ],
  ])("%s does not", async (_, statement) => {
    await run(`${reference}; ${statement}`);
    expect(await listed(missingForeignKeyIndexes, "constraint")).toEqual(["of_guard"]);
  });

  test("two columns are supported in either order, and where both are not null", async () => {
    await run(
      "alter table guards add unique (name, region); alter table rounds add region text; alter table rounds add constraint pair foreign key (note, region) references guards (name, region)",
    );
    expect(await stage.rows(missingForeignKeyIndexes)).toMatchObject([{ columns: "note, region" }]);
    await run("create index a on rounds (region, note)");
    expect(await listed(missingForeignKeyIndexes)).toEqual([]);
    await run("drop index a; create index a on rounds (note, region) where note is not null and region is not null");
    expect(await listed(missingForeignKeyIndexes)).toEqual([]);
    await run("drop index a; create index a on rounds (note, id, region)");
    expect(await listed(missingForeignKeyIndexes)).toHaveLength(1);
  });

  test("a partitioned table is listed once, with the size of its partitions", async () => {
    await run(
      "create table days (at date, guard_id integer references guards) partition by range (at); create table days_1 partition of days default; insert into guards values (1); insert into days select now(), 1 from generate_series(1, 1000); analyze days_1",
    );
    expect(await stage.rows(missingForeignKeyIndexes)).toMatchObject([
      { table: "days", rows: 1000, isPartitioned: true, tableBytes: expect.any(Number) },
    ]);
    const [row] = await stage.rows(missingForeignKeyIndexes);
    expect(row?.tableBytes).toBeGreaterThan(0);
    expect(missingForeignKeyIndexes.remedy.statement?.(row ?? {})).toBeNull();
    await run("create index on days (guard_id)");
    expect(await listed(missingForeignKeyIndexes)).toEqual([]);
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";

import { panels } from "../../../db/panels";
import { cacheAndReads } from "../../../db/panels/cache-and-reads";
import { relationSizes } from "../../../db/panels/relation-sizes";
import { unusedIndexes } from "../../../db/panels/unused-indexes";
import { until } from "../../support/until";
import { otherMajors, startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";

const servers: VersionServer[] = [];
const stages: Stage[] = [];

beforeAll(async () => {
  servers.push(...(await Promise.all(otherMajors.map((major) => startVersion(major)))));
  stages.push(...(await Promise.all(servers.map(({ url }) => openStage(url)))));
});
afterAll(async () => {
  for (const stage of stages) await stage.close();
  await Promise.all(servers.map(({ stop }) => stop()));
});

test.each(otherMajors)("on PostgreSQL %d no panel hangs while an ALTER waits behind a reader", async (major) => {
  const stage = stages[otherMajors.indexOf(major)] as Stage;
  await stage.owner.unsafe(`
    create extension pg_stat_statements;
    create table guards (id integer generated always as identity primary key, name text);
    create table days (at date, note text, guard_id integer references guards, n serial) partition by range (at);
    create table days_1 partition of days default;
    create index on days_1 (note) where note is not null;
    create index on days_1 (guard_id) where guard_id is not null;
    create index on days_1 ((lower(note)));
    create index on days_1 (note) where note is not null;
    insert into guards (name) select 'guard ' || n from generate_series(1, 300) as n;
    insert into days select current_date, 'x', n from generate_series(1, 300) as n;
    analyze`);
  const [reader, migration, second] = [stage.connect("reader"), stage.connect("migration"), stage.connect("second")];
  await reader.unsafe("begin; select * from days; select * from guards");
  const waiting = Promise.allSettled([
    migration.unsafe("alter table days add column fee numeric"),
    second.unsafe("alter table guards add column fee numeric"),
  ]);
  await until(async () => {
    const rows = await stage.owner.unsafe("select from pg_locks where not granted and mode = 'AccessExclusiveLock'");
    return rows.length === 2;
  });

  for (const panel of panels) {
    const reading = await stage.reading(panel);
    const said = reading.state === "unreadable" ? reading.sentence : "read";
    expect(`${panel.id}: ${said}`).toMatch(/: (read$|Not offered by this server)/);
  }
  const sizes = await stage.rows(relationSizes);
  expect(sizes.map(({ table, totalBytes }) => [table, totalBytes])).toEqual(
    expect.arrayContaining([
      ["public.guards", null],
      ["public.days_1", null],
    ]),
  );
  expect((await stage.rows(unusedIndexes)).map(({ definition }) => definition)).toContain(null);
  expect(await stage.rows(cacheAndReads)).not.toEqual([]);

  await reader.unsafe("rollback");
  await waiting;
  expect((await stage.rows(relationSizes)).every(({ totalBytes }) => totalBytes !== null)).toBe(true);
  expect((await stage.rows(unusedIndexes)).every(({ definition }) => definition !== null)).toBe(true);
});

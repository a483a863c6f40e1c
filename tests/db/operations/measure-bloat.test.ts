import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker, type Worker } from "../../../db/jobs/worker";
import { bloatLabel, measureBloat } from "../../../db/operations/measure-bloat";
import { cancelRun } from "../../../db/operations/runs/decide-run";
import { listNewestProofs } from "../../../db/operations/runs/list-runs";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";

let stage: Stage;
let worker: Worker;

beforeAll(async () => {
  stage = await openStage();
  await stage.owner.unsafe(`
    create table patrols (id integer primary key, at timestamptz, note text) with (autovacuum_enabled = off);
    insert into patrols select n, now(), repeat('x', n % 30) from generate_series(1, 60000) as n;
    create index patrols_note_idx on patrols using hash (note);
    create table "Odd patrols" (id integer primary key, letter text);
    insert into "Odd patrols" values (1, (select string_agg(md5(n::text), '') from generate_series(1, 2000) as n));
    grant select on patrols to console_read`);
  for (const statement of ["delete from patrols where id % 10 < 6", "vacuum patrols", "analyze patrols"])
    await stage.owner.unsafe(statement);
  await stage.owner.unsafe('vacuum analyze "Odd patrols"');
  worker = await beginWork();
});
afterAll(async () => {
  await worker?.stop();
  await stage?.close();
});

/** An ALTER of the table that waits for a reader, until the reader goes. */
async function letAlterWait() {
  const reader = await stage.owner.reserve();
  await reader`begin`;
  await reader`select from patrols limit 1`;
  const altered = stage.owner`alter table patrols disable row level security`.execute();
  await until(async () => {
    const held = await stage.owner`select from pg_locks where mode = 'AccessExclusiveLock' and not granted`;
    return held.length > 0;
  });
  return { reader, altered };
}

const beginWork = () => startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });

const measure = async (relation: string) => stage.ended((await stage.ask(measureBloat, { relation })).id);
const share = (text = "") => Number(/([\d.]+) %/.exec(text)?.[1]) / 100;

test("a table of which half was deleted is measured, and the estimate lies within its error", async () => {
  const run = await measure("public.patrols");
  expect(run).toMatchObject({ state: "done", target: "public.patrols", risk: "low" });
  const bloat = run.proof?.find(({ label }) => label === bloatLabel);
  const [estimate, error] = [...(bloat?.before ?? "").matchAll(/([\d.]+) %/g)].map(([, value]) => Number(value) / 100);
  expect(share(bloat?.after)).toBeGreaterThan(0.55);
  expect(Math.abs(share(bloat?.after) - (estimate as number))).toBeLessThanOrEqual(error as number);
  const [counted] = await stage.owner<{ live: string; free: number }[]>`
    select tuple_count::text as live, free_percent as free from pgstattuple('patrols')`;
  expect(run.proof?.find(({ label }) => label === "Live rows")?.after).toMatch(new RegExp(`^${counted?.live},`));
  expect(share(run.proof?.find(({ label }) => label === "Free")?.after)).toBeCloseTo(
    (counted?.free as number) / 100,
    2,
  );
  expect(await listNewestProofs(stage.console, measureBloat.id, bloatLabel)).toContainEqual({
    target: "public.patrols",
    runId: run.id,
    value: bloat?.after,
    at: run.endedAt,
  });
});

test("its index is measured as pgstatindex counts it; what is no btree is refused", async () => {
  const run = await measure("public.patrols_pkey");
  const [counted] = await stage.owner<{ leaves: string }[]>`
    select leaf_pages::text as leaves from pgstatindex('patrols_pkey')`;
  expect(run.proof?.find(({ label }) => label === "Leaf pages")?.after).toMatch(new RegExp(`^${counted?.leaves},`));
  expect(share(run.proof?.[0]?.after)).toBeGreaterThan(0.4);
  await stage.owner.unsafe("reindex index patrols_pkey");
  expect(share((await measure("public.patrols_pkey")).proof?.[0]?.after)).toBeLessThan(0.03);
  await expect(stage.ask(measureBloat, { relation: "public.patrols_note_idx" })).rejects.toThrow(/only btrees/);
});

test("a name that needs quotes is meant as the catalog has it, and its TOAST is counted apart", async () => {
  const run = await measure('public."Odd patrols"');
  expect(run).toMatchObject({ state: "done", target: 'public."Odd patrols"' });
  expect(run.proof?.map(({ label }) => label)).toContain("TOAST");
  await expect(stage.ask(measureBloat, { relation: "public.nothing" })).rejects.toThrow(/no table and no index/);
});

test("what somebody waits to have for themselves is left alone, when it is planned and when it is run", async () => {
  const { reader, altered } = await letAlterWait();
  await expect(stage.ask(measureBloat, { relation: "public.patrols" })).rejects.toThrow(/for themselves alone/);
  await reader`rollback`;
  await altered;
  reader.release();

  await worker.stop();
  const { id } = await stage.ask(measureBloat, { relation: "public.patrols" });
  const later = await letAlterWait();
  worker = await beginWork();
  expect(await stage.ended(id)).toMatchObject({
    state: "lapsed",
    outcome: expect.stringMatching(/for themselves alone/),
  });
  await later.reader`rollback`;
  await later.altered;
  later.reader.release();
});

test("a measurement gives way to whoever waits for it, and can be called off", async () => {
  await stage.owner.unsafe(`
    grant select on patrols to console_admin;
    create or replace function pgstattuple(
      in reloid regclass, out table_len bigint, out tuple_count bigint, out tuple_len bigint, out tuple_percent float8,
      out dead_tuple_count bigint, out dead_tuple_len bigint, out dead_tuple_percent float8, out free_space bigint,
      out free_percent float8
    ) language sql strict as $$ select count(*), 0, 0, 0, 0, 0, 0, 0, 0 from patrols, pg_sleep(120) $$`);
  const isMeasured = async () =>
    (await stage.owner`select from pg_stat_activity where query like '%pgstattuple(''%' and wait_event = 'PgSleep'`)
      .length > 0;
  const first = await stage.ask(measureBloat, { relation: "public.patrols" });
  await until(isMeasured);
  await stage.owner.unsafe("set lock_timeout = '60s'; alter table patrols disable row level security");
  expect(await stage.ended(first.id)).toMatchObject({
    state: "failed",
    outcome: expect.stringMatching(/1 sessions? waited/),
  });

  const second = await stage.ask(measureBloat, { relation: "public.patrols" });
  await until(isMeasured);
  await cancelRun(stage.console, { run: second, operation: measureBloat, actor: stage.requester });
  expect(await stage.ended(second.id)).toMatchObject({ state: "cancelled" });
  await until(async () => !(await isMeasured()));
});

test("without the extension, or the right to call it, it says what a superuser has to do", async () => {
  await stage.owner.unsafe("revoke execute on function pgstatindex(regclass) from pg_stat_scan_tables");
  const without = await stage.plan(measureBloat, { relation: "public.patrols" });
  expect(without.plan.refusals).toEqual([expect.stringContaining("grant pg_stat_scan_tables to console_admin")]);
  await stage.owner.unsafe("drop extension pgstattuple");
  const missing = await stage.plan(measureBloat, { relation: "public.patrols" });
  expect(missing.plan.refusals).toEqual([expect.stringContaining("create extension pgstattuple")]);
});

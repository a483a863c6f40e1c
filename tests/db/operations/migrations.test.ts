import { once } from "node:events";

import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker, type Worker } from "../../../db/jobs/worker";
import { readSecuryflexMigrations } from "../../../db/migrations/migration-files";
import type { Operation } from "../../../db/operation";
import { migrateAll } from "../../../db/operations/migrate-all";
import { migrateNext } from "../../../db/operations/migrate-next";
import { rollBackMigration } from "../../../db/operations/roll-back-migration";
import { approveRun, cancelRun } from "../../../db/operations/runs/decide-run";
import type { Run } from "../../../db/operations/runs/request-run";
import { until } from "../../support/until";
import { stepsOf } from "./deaths/death-case";
import { openStage, type Stage } from "./stage";
import { openTrialHistory, type TrialHistory } from "./trial-history";

let stage: Stage;
let history: TrialHistory;
let worker: Worker;
const start = () => startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });

beforeAll(async () => {
  stage = await openStage();
  history = openTrialHistory(
    ["shifts_parcels", "create table public.parcels (id bigint primary key);", "drop table public.parcels;"],
    [
      "parcels_weight_grams",
      "alter table public.parcels add column weight_grams integer;\nalter table public.parcels add column note text;",
      "alter table public.parcels drop column note;\nalter table public.parcels drop column weight_grams;",
    ],
    [
      "parcels_indexes",
      `-- transaction: none
create index concurrently parcels_weight_grams_idx on public.parcels (weight_grams);
create index concurrently parcels_note_idx on public.parcels (note);`,
      `-- transaction: none
drop index concurrently public.parcels_note_idx;
drop index concurrently public.parcels_weight_grams_idx;`,
    ],
  );
  worker = await start();
});
afterAll(async () => {
  await worker.stop();
  await stage.close();
  history.remove();
});

const newest = async () =>
  (await stage.owner`select name from console_migrations.ledger order by version desc limit 1`)[0]?.name;
const approve = (run: Run) =>
  approveRun(stage.console, {
    run,
    operation: rollBackMigration,
    actor: stage.approver,
    digest: run.digest,
    passwordAt: new Date(),
    context: { console: stage.console, securyflex: stage.securyflex },
  });
const askApproved = async (operation: Operation, input: unknown) => {
  const run = await stage.ask(operation, input);
  return run.state === "awaiting approval" ? approve(run) : run;
};

test("the next migration is applied, and the catalog proves it", async () => {
  const [parcels, weight] = history.labels as [string, string];
  await expect(stage.ask(migrateNext, { migration: weight })).rejects.toThrow(`${parcels} comes first.`);
  await expect(stage.ask(migrateNext, { migration: "0001_postgis" })).rejects.toThrow("is applied already");
  await expect(stage.ask(migrateNext, { migration: "9999_none" })).rejects.toThrow("There is no migration 9999_none.");

  const { plan } = await stage.plan(migrateNext, { migration: parcels });
  expect(plan.statements).toEqual(["create table public.parcels (id bigint primary key)"]);
  const run = await stage.ended((await stage.ask(migrateNext, { migration: parcels })).id);
  expect(run).toMatchObject({ state: "done", risk: "high", outcome: `${parcels} was applied.` });
  expect(run.proof).toContainEqual({
    label: "Tables",
    before: expect.stringMatching(/^\d+$/),
    after: expect.stringMatching(/^\d+; new: public\.parcels$/),
  });
  expect(run.proof).toContainEqual({ label: "Invalid indexes", before: "0", after: "0" });
  expect(await stage.logOf(run.id)).toContain("create table public.parcels (id bigint primary key)");
  expect(await stage.outcomesOf(parcels)).toEqual(["operation.migrate-next intent", "operation.migrate-next done"]);
});

test("all that are pending are applied, each by itself, those outside transactions too", async () => {
  const [, , indexes] = history.labels as [string, string, string];
  const run = await stage.ended((await stage.ask(migrateAll, { through: indexes })).id);
  expect(run).toMatchObject({ state: "done", risk: "high" });
  expect(run.proof?.find(({ label }) => label === "Indexes")?.after).toMatch(/new: INDEX parcels_note_idx ON/);
  await expect(stage.ask(migrateAll, { through: indexes })).rejects.toThrow("is applied already");
});

test("a roll-back waits for a second person, and lapses where its file was edited meanwhile", async () => {
  const [parcels, , indexes] = history.labels as [string, string, string];
  await expect(stage.ask(rollBackMigration, { migration: parcels })).rejects.toThrow("is not the newest migration");
  const edited = await stage.ask(rollBackMigration, { migration: indexes });
  expect(edited).toMatchObject({ state: "awaiting approval", risk: "critical" });
  const text = readSecuryflexMigrations().at(-1)?.down.text as string;
  history.write(indexes, "down", `${text}\ndrop table public.shifts;`);
  await expect(approve(edited)).rejects.toThrow("It lapsed: its target, size or statements moved since.");
  expect(await stage.ended(edited.id)).toMatchObject({ state: "lapsed" });
  history.write(indexes, "down", text);

  await worker.stop();
  const approved = await approve(await stage.ask(rollBackMigration, { migration: indexes }));
  history.write(indexes, "down", `${text}\ndrop table public.shifts;`);
  worker = await start();
  expect(await stage.ended(approved.id)).toMatchObject({ state: "lapsed" });
  history.write(indexes, "down", text);
  expect(await newest()).toBe("parcels_indexes");

  const run = await stage.ended((await approve(await stage.ask(rollBackMigration, { migration: indexes }))).id);
  expect(run).toMatchObject({ state: "done", outcome: `${indexes} was rolled back.`, approverName: "approver" });
  expect(run.proof?.find(({ label }) => label === "Indexes")?.before).toMatch(/gone: INDEX parcels_note_idx ON/);
  expect(await newest()).toBe("parcels_weight_grams");
});

test("nothing is planned where an applied file was edited or the review says never, and what console_admin may not do fails clean", async () => {
  const [, weight, indexes] = history.labels as [string, string, string];
  const upText = readSecuryflexMigrations().at(-2)?.up.text as string;
  history.write(weight, "up", `${upText}\n`);
  const { plan } = await stage.plan(migrateNext, { migration: indexes });
  expect(plan.refusals).toEqual([
    `${weight} was edited after it was applied. Put the file back and write a further migration.`,
  ]);
  history.write(weight, "up", upText);

  const downText = readSecuryflexMigrations().at(-2)?.down.text as string;
  history.write(weight, "down", `${downText}\ndrop extension postgis cascade;`);
  await expect(stage.ask(rollBackMigration, { migration: weight })).rejects.toThrow(/CASCADE takes whatever depends/);
  history.write(weight, "down", `${downText}\ndrop extension postgis;`);
  const run = await askApproved(rollBackMigration, { migration: weight });
  expect(await stage.ended(run.id)).toMatchObject({
    state: "failed",
    outcome: expect.stringMatching(/must be owner of extension postgis.*npm run db:migrate\.$/),
  });
  history.write(weight, "down", downText);
  expect(await newest()).toBe("parcels_weight_grams");
  expect((await stage.plan(rollBackMigration, { migration: weight })).risk).toBe("critical");
});

test("one that waits says for whom, and one that is called off leaves nothing", async () => {
  const indexes = history.labels[2] as string;
  const holder = await stage.owner.reserve();
  await holder`begin`;
  await holder`insert into parcels (id) values (1)`;
  const run = await stage.ask(migrateNext, { migration: indexes });
  try {
    await until(async () => (await stage.logOf(run.id)).some((line) => /waits for pid \d+ \(tests of/.test(line)), {
      withinSeconds: 20,
    });
    await cancelRun(stage.console, { run, operation: migrateNext, actor: stage.requester });
    await until(
      async () =>
        (
          await stage.owner`select from pg_stat_activity where datname = current_database() and query like 'drop index%'`
        ).length > 0,
      { withinSeconds: 20 },
    );
  } finally {
    await holder`rollback`;
    holder.release();
  }
  expect(await stage.ended(run.id)).toMatchObject({
    state: "cancelled",
    outcome: `It was stopped while it ran. Nothing of it stands. Still pending: ${indexes}.`,
  });
  expect(await stage.owner`select from pg_index where indrelid = 'parcels'::regclass and not indisvalid`).toHaveLength(
    0,
  );
  expect(await stage.owner`select from console_migrations.statements`).toHaveLength(0);
});

test("of several that are pending those before the one that is stopped or fails stand, and the run says so", async () => {
  const [, , indexes] = history.labels as [string, string, string];
  const further = indexes.replace(
    /^\d+_.*/,
    (label) => `${String(Number(label.slice(0, 4)) + 1).padStart(4, "0")}_broken`,
  );
  history.write(further, "up", "select pg_sleep(120);");
  history.write(further, "down", "select 1;");
  const slow = await stage.ask(migrateAll, { through: further });
  await until(async () => (await stage.logOf(slow.id)).includes("select pg_sleep(120)"), { withinSeconds: 30 });
  await cancelRun(stage.console, { run: slow, operation: migrateAll, actor: stage.requester });
  const stopped = await stage.ended(slow.id);
  expect(stopped).toMatchObject({
    state: "cancelled",
    outcome: `It was stopped while it ran. ${indexes} was applied. That stands; roll it back where it must not. Still pending: ${further}.`,
  });
  expect(stopped.proof?.find(({ label }) => label === "Indexes")?.after).toMatch(/new: INDEX parcels_note_idx ON/);
  expect(await newest()).toBe("parcels_indexes");
  const undone = await askApproved(rollBackMigration, { migration: indexes });
  expect(await stage.ended(undone.id)).toMatchObject({ state: "done" });
  history.write(further, "up", "select 1 / (select count(*) - count(*) from public.parcels);");
  history.write(further, "down", "select 1;");
  const run = await stage.ended((await stage.ask(migrateAll, { through: further })).id);
  expect(run).toMatchObject({
    state: "partly done",
    outcome: expect.stringMatching(new RegExp(`^${indexes} was applied\\. ${further} did not run: division by zero`)),
  });
  history.forget(further);
  expect(await newest()).toBe("parcels_indexes");
  const back = await askApproved(rollBackMigration, { migration: indexes });
  expect(await stage.ended(back.id)).toMatchObject({ state: "done" });
});

type Dying = { operation: Operation; step: string };
const deathsOf = (operation: Operation): Dying[] => stepsOf(operation).map((step) => ({ operation, step }));
const [ups, downs] = [[migrateNext, migrateAll].flatMap(deathsOf), deathsOf(rollBackMigration)];
/** One way and back, in turn. */
const everyDeath = ups.flatMap((up, turn) => [up, downs[turn % downs.length] as Dying]);
const sample = [
  { operation: migrateNext, step: "statement ended" },
  { operation: rollBackMigration, step: "statement recorded" },
  { operation: migrateAll, step: "migration recorded" },
  { operation: rollBackMigration, step: "migration recorded" },
];

test.each(process.env.SOAK === "1" ? everyDeath : sample)(
  "$operation.id whose worker dies at $step is gone on with there, and nothing is done twice or left",
  async ({ operation, step }) => {
    const indexes = history.labels[2] as string;
    await worker.stop();
    const run = await askApproved(operation, { migration: indexes, through: indexes });
    const dead = stage.spawnWorker(operation.id, step, "SIGKILL");
    await (dead.signalCode || once(dead, "exit"));
    await stage.silence();
    worker = await start();
    const ended = await stage.ended(run.id);
    const attempt = step === "outcome recorded" ? 1 : 2;
    expect([ended.state, ended.attempt, ended.outcome]).toEqual(["done", attempt, expect.any(String)]);
    const isUp = operation !== rollBackMigration;
    expect(await newest()).toBe(isUp ? "parcels_indexes" : "parcels_weight_grams");
    const left = await stage.owner`
      select indisvalid as "isValid" from pg_index where indrelid = 'parcels'::regclass and not indisprimary`;
    expect(left).toHaveLength(isUp ? 2 : 0);
    expect(left.every(({ isValid }) => isValid)).toBe(true);
    expect(await stage.owner`select from console_migrations.statements`).toHaveLength(0);
    const isLeft = async () =>
      (
        await stage.owner`
          select from pg_stat_activity
          where application_name like 'securyflex-console op %' and datname = current_database()`
      ).length > 0;
    await until(async () => !(await isLeft()));
  },
);

import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker, type Worker } from "../../../db/jobs/worker";
import { createIndexConcurrently } from "../../../db/operations/create-index-concurrently";
import { migrateNext } from "../../../db/operations/migrate-next";
import { type OwnCluster, openOwnCluster } from "../../support/own-cluster";
import { until } from "../../support/until";
import { expectNothingLeft } from "./deaths/die-and-go-on";
import { type Death, everyDeath } from "./deaths/every-death";
import { openShiftStage, type ShiftStage } from "./shift-stage";
import { openTrialHistory } from "./trial-history";

let cluster: OwnCluster;
let stage: ShiftStage;
let worker: Worker;
/** Where a run of an operation takes the whole server down. */
let deadly: { id: string; step: string } | undefined;

beforeAll(async () => {
  cluster = await openOwnCluster({ isDurable: true });
  stage = await openShiftStage({ guardCount: 8, databases: cluster.databases });
  worker = await startWorker(stage.environment, {
    ...{ jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} },
    onStep: (step, { operation }) => {
      if (operation !== deadly?.id || step !== deadly.step) return;
      deadly = undefined;
      cluster.crash();
    },
  });
});
afterAll(async () => {
  await worker?.stop();
  await stage?.close();
});

const isSoak = process.env.SOAK === "1";
const sample = [
  ["reassign-shift", "transaction committed"],
  ...(isSoak
    ? [
        ["reassign-shift", "transaction is to commit"],
        ["bulk-reassign", "transaction committed"],
        ["end-sessions", "effect stands"],
        ["vacuum-table", "statement begins"],
        ["drop-index-concurrently", "statement ended"],
        ["reindex-index-concurrently", "statement ended"],
        ["analyze-table", "outcome recorded"],
      ]
    : []),
].map(([id, step]) => everyDeath.find((death) => death.operation.id === id && death.step === step) as Death);

test.each(sample)("a server that dies under $operation.id at $step is gone on with: it is done once", async (each) => {
  const { operation, step, death } = each;
  const { input, countDone } = await death.prepare(stage);
  deadly = { id: operation.id, step };
  const run = await stage.ask(operation, input);
  await until(() => deadly === undefined, { withinSeconds: 30 });
  await cluster.start();
  const { state, outcome } = await stage.ended(run.id);
  expect([state, await countDone()], outcome ?? "").toEqual(["done", 1]);
  await expectNothingLeft(stage, { isWorkerAlive: true });
});

/** The process of the server that works for the run, as the kernel ends it where memory runs out: all others restart. */
async function killBackend(statement: string): Promise<void> {
  let pid = 0;
  await until(
    async () => {
      const [row] = await stage.owner<{ pid: number }[]>`
        select pid from pg_stat_activity
        where datname = current_database() and state = 'active' and query like ${statement} and pid <> pg_backend_pid()`;
      pid = row?.pid ?? 0;
      return pid > 0;
    },
    { withinSeconds: 30 },
  );
  process.kill(pid, "SIGKILL");
  const isBack = () =>
    stage.owner`select 1`.then(
      () => true,
      () => false,
    );
  await until(async () => !(await isBack())).catch(() => undefined);
  await until(isBack, { withinSeconds: 30 });
}

test("an index whose builder is killed in the server is built in the end, and no invalid one stays", async () => {
  await stage.owner`create table parcels (weight_grams integer)`;
  await stage.owner`alter table parcels owner to console_admin`;
  const holder = await stage.owner.reserve();
  await holder`begin`;
  await holder`lock table parcels in row exclusive mode`;
  const run = await stage.ask(createIndexConcurrently, { table: "parcels", columns: "weight_grams" });
  await until(async () => (await stage.owner`select from pg_index where not indisvalid`).length > 0);
  await killBackend("create index concurrently%");
  expect(await stage.ended(run.id)).toMatchObject({ state: "done" });
  expect(await stage.owner`select from pg_index where indrelid = 'parcels'::regclass and indisvalid`).toHaveLength(1);
  await expectNothingLeft(stage, { isWorkerAlive: true });
});

test.runIf(isSoak)("a migration whose server dies goes on at that statement, each once", async () => {
  const history = openTrialHistory([
    "crates",
    `-- transaction: none
create table public.crates (word text);
insert into public.crates values ('first');
select pg_sleep(1.5), 'slow' from public.crates;
insert into public.crates values ('last');`,
    "drop table public.crates;",
  ]);
  try {
    const run = await stage.ask(migrateNext, { migration: history.labels[0] });
    await killBackend("select pg_sleep(1.5), 'slow'%");
    expect(await stage.ended(run.id)).toMatchObject({ state: "done" });
    const words = await stage.owner<{ word: string }[]>`select word from crates`;
    expect(words.map(({ word }) => word)).toEqual(["first", "last"]);
    await expectNothingLeft(stage, { isWorkerAlive: true });
  } finally {
    history.remove();
  }
});

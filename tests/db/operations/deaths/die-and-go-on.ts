import { once } from "node:events";

import { expect } from "vitest";

import { startWorker } from "../../../../db/jobs/worker";
import type { Operation } from "../../../../db/operation";
import { approveRun } from "../../../../db/operations/runs/decide-run";
import { getRun } from "../../../../db/operations/runs/list-runs";
import type { Run } from "../../../../db/operations/runs/request-run";
import { until } from "../../../support/until";
import type { ShiftStage } from "../shift-stage";
import type { Stage } from "../stage";
import type { Death } from "./every-death";

const mostAtOnce = 4;
/** Of these the next attempt needs nothing to know that all was done. */
const lastStep = "outcome recorded";

/**
 * Kills a worker of each operation at its step, lets another go on, and holds what each says against what stands. The
 * operations differ: a worker takes up whatever is asked of its own.
 */
export async function dieAndGoOn(stage: ShiftStage, deaths: readonly Death[]): Promise<void> {
  const asked = [];
  for (const { operation, step, death } of deaths) {
    const { input, countDone } = await death.prepare(stage);
    expect([operation.id, await countDone()]).toEqual([operation.id, 0]);
    const run = await stage.ask(operation, input);
    const { digest } = run;
    const context = { console: stage.console, securyflex: stage.securyflex };
    if (run.state === "awaiting approval")
      await approveRun(stage.console, {
        run,
        operation,
        actor: stage.approver,
        digest,
        passwordAt: new Date(),
        context,
      });
    asked.push({ operation, step, run, countDone });
  }
  const waiting = [...asked];
  const killInTurn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await kill(stage, next);
  };
  const killed = await Promise.allSettled(Array.from({ length: mostAtOnce }, killInTurn));
  for (const each of killed) if (each.status === "rejected") throw each.reason;
  await stage.silence();
  const successor = await startWorker(stage.environment, {
    ...{ jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} },
  });
  try {
    for (const { operation, step, run, countDone } of asked) {
      const { state, attempt, outcome } = await stage.ended(run.id);
      const told = [operation.id, step, state, attempt, await countDone()];
      expect(told, outcome ?? "").toEqual([
        operation.id,
        step,
        "done",
        step === lastStep ? attempt : Math.max(attempt, 2),
        1,
      ]);
      expect(await outcomesOf(stage, run.id)).toEqual(["intent", "done"]);
    }
  } finally {
    await successor.stop();
  }
  await expectNothingLeft(stage);
}

async function kill(stage: Stage, { operation, step, run }: { operation: Operation; step: string; run: Run }) {
  const dying = stage.spawnWorker(operation.id, step, "SIGKILL");
  const died = once(dying, "exit");
  try {
    const hasEnded = async () => dying.signalCode !== null || (await getRun(stage.console, run.id))?.endedAt != null;
    await until(hasEnded, { withinSeconds: 60, everyMs: 50 });
    if (step === lastStep) await died;
    expect([operation.id, step, dying.signalCode]).toEqual([operation.id, step, "SIGKILL"]);
  } finally {
    dying.kill("SIGKILL");
  }
}

async function outcomesOf({ consoleOwner }: Stage, runId: string): Promise<string[]> {
  const rows = await consoleOwner<{ outcome: string }[]>`
    select outcome from audit_events
    where details ->> 'run' = ${runId} and action <> 'operation.approve' order by id`;
  return rows.map(({ outcome }) => outcome);
}

/** Waits until nothing of a run is left in SecuryFlex, but sessions of a worker that lives. */
export async function expectNothingLeft(stage: Stage, { isWorkerAlive = false } = {}): Promise<void> {
  const list = async () =>
    (await listLeftovers(stage)).filter((left) => !isWorkerAlive || left !== "session securyflex-console worker");
  await until(async () => (await list()).length === 0).catch(() => undefined);
  expect(await list()).toEqual([]);
}

/** What nobody may leave behind in SecuryFlex: sessions, locks, slots, invalid indexes, half migrations and effects. */
async function listLeftovers({ owner }: Pick<Stage, "owner">): Promise<string[]> {
  const rows = await owner<{ left: string }[]>`
    select 'session ' || application_name as left from pg_stat_activity
    where datname = current_database() and starts_with(application_name, 'securyflex-console')
    union all
    select 'advisory lock of pid ' || pid from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
    union all
    select 'prepared transaction ' || gid from pg_prepared_xacts where database = current_database()
    union all
    select 'slot ' || slot_name from pg_replication_slots where database = current_database()
    union all
    select 'index ' || indexrelid::regclass from pg_index where not indisvalid or not indisready or not indislive
    union all
    select 'statement ' || version || '.' || position from console_migrations.statements
    union all
    select 'effect of ' || run_id from ops_operation_effects as begun
    where outcome is null
      and not exists (select from ops_operation_effects as done where done.run_id = begun.run_id and done.part > 0)`;
  return rows.map(({ left }) => left);
}

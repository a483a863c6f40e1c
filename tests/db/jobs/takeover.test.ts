import { expect, test, vi } from "vitest";

import { end, openTrial, spawnWorker, type Trial, until } from "./trial";
import { patient } from "./trial-jobs";

// More than what each story waits for in turn: 50 s each, three times.
vi.setConfig({ testTimeout: 180_000 });

const attempts = ({ sql }: Trial) => sql`select attempt, outcome, note from job_runs order by attempt`;

async function began(trial: Trial, pid: number | undefined) {
  await until(`process ${pid} runs the job`, async () => {
    const found = await trial.sql`select from trial_writes where word = 'began' and pid = ${pid ?? 0}`;
    return found.length > 0;
  });
}

test.concurrent("the job of a killed worker is done by another within a minute", async () => {
  const trial = await openTrial();
  const killed = spawnWorker(trial.environment, [patient.id]);
  try {
    await began(trial, killed.pid);
    const successor = spawnWorker(trial.environment, [patient.id]);
    await end(killed, "SIGKILL");
    const killedAt = Date.now();
    try {
      await began(trial, successor.pid);
      expect(Date.now() - killedAt).toBeLessThan(60_000);
      await trial.sql`insert into trial_release values (now())`;
      await until("the successor ended the job", async () => (await attempts(trial))[1]?.outcome === "done");
      expect((await attempts(trial)).map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
        [1, "lost"],
        [2, "done"],
      ]);
    } finally {
      await end(successor, "SIGTERM");
    }
  } finally {
    await trial.close();
  }
});

test.concurrent("a worker that was frozen and wakes up late writes nothing more", async () => {
  const trial = await openTrial();
  const frozen = spawnWorker(trial.environment, [patient.id]);
  try {
    await began(trial, frozen.pid);
    frozen.kill("SIGSTOP");
    const successor = spawnWorker(trial.environment, [patient.id]);
    try {
      await began(trial, successor.pid);
      frozen.kill("SIGCONT");
      await until("the late twin reports again", async () => {
        const alive = await trial.sql`
          select from worker_instances where pid = ${frozen.pid ?? 0} and last_seen_at > now() - interval '3 s'`;
        return alive.length > 0;
      });
      await trial.sql`insert into trial_release values (now())`;
      await until("the successor ended the job", async () => (await attempts(trial))[1]?.outcome === "done");
      await end(frozen, "SIGTERM");
      const ended = await trial.sql`select pid from trial_writes where word = 'ended'`;
      expect(ended).toEqual([{ pid: successor.pid }]);
      expect((await attempts(trial)).map(({ outcome }) => outcome)).toEqual(["lost", "done"]);
    } finally {
      await end(successor, "SIGTERM");
    }
  } finally {
    await end(frozen, "SIGKILL");
    await trial.close();
  }
});

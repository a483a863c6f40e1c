import { setTimeout as sleep } from "node:timers/promises";

import { keepAlarms } from "../live/alarms/keep-alarms";
import { readJudgedAt } from "../live/alarms/record-judgement";
import { nextJudgement } from "../rules/live/next-judgement";
import { AttemptLost } from "./attempts";
import { defineJob, type JobContext } from "./job";

const beatSeconds = 6;
const slotSeconds = 60;

export const watchBoard = defineJob({
  id: "watch-board",
  title: "Watch the board",
  purpose: `Judges the live board every ${beatSeconds} seconds and keeps the alarms; what it missed it judges afterwards.`,
  schedule: "* * * * *",
  timeoutSeconds: 90,
  attempts: 3,
  yields: true,
  run: async (context) => {
    const { slot, signal } = context;
    const endMs = +slot + slotSeconds * 1000;
    let [beats, changes, failure] = [0, 0, undefined as unknown];
    do {
      try {
        const beat = await judgeNext(context);
        changes += beat.changes;
        beats += 1;
        failure = undefined;
        if (beat.isBehind) continue;
      } catch (error) {
        if (error instanceof AttemptLost) throw error;
        failure = error;
      }
      const pauseMs = Math.min(beatSeconds * 1000, endMs - Date.now());
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted && Date.now() < endMs);
    if (failure) throw failure;
    return `Judged the board ${beats} times; ${changes} alarms began, changed or ended.`;
  },
});

/** One judgement; behind where the next one is due at once. */
async function judgeNext({ securyflex, write }: JobContext): Promise<{ changes: number; isBehind: boolean }> {
  const now = new Date();
  const asOf = nextJudgement(await write(readJudgedAt), now);
  const changes = await keepAlarms({ securyflex, write, asOf, isPast: asOf < now });
  return { changes: changes ?? 0, isBehind: asOf < now };
}

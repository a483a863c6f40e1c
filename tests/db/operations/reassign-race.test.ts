import { randomUUID } from "node:crypto";

import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { addStaff } from "../../../db/console/staff";
import { loginUrl } from "../../../db/environment";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { OperationRefusal, type Transaction } from "../../../db/operation";
import { reassignShift } from "../../../db/operations/reassign-shift";
import { requestRun } from "../../../db/operations/runs/request-run";
import { RunRefusal } from "../../../db/operations/runs/run-refusal";
import * as schema from "../../../db/schema";
import { judgePlacing } from "../../../db/shifts/changes/judge-placing";
import { placeGuard } from "../../../db/shifts/changes/place-guard";
import {
  lockShifts,
  readGuard,
  readStandingShifts,
  type StandingGuard,
  type StandingShift,
} from "../../../db/shifts/changes/standing-shift";
import { openShiftStage, type ShiftStage } from "./shift-stage";

const rounds = process.env.SOAK === "1" ? 25 : 1;
const [peopleCount, askedCount] = [20, 200];

let stage: ShiftStage;
let workers: Worker[];
let people: { staffId: string; name: string }[];
let opsClient: ReturnType<typeof openClient>;

beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 20 });
  opsClient = openClient(loginUrl(stage.environment, "console_ops"), { max: 8, applicationName: "tests" });
  people = [];
  for (let number = 1; number <= peopleCount; number += 1) {
    const name = `Supporter ${number}`;
    const account = { email: `s${number}@test.example`, fullName: name, role: "support" as const, passwordHash: "x" };
    people.push({ staffId: (await addStaff(stage.console, account)).id, name });
  }
  workers = await Promise.all(
    [1, 2].map(() =>
      startWorker(stage.environment, {
        jobs: [],
        tickSeconds: 0.5,
        operations: [reassignShift],
        stopSeconds: 2,
        log: (line) => {
          throw new Error(line);
        },
      }),
    ),
  );
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await opsClient.end();
  await stage.close();
});

const deadlocks = async () => {
  const [row] = await stage.owner<{ count: number }[]>`
    select deadlocks::integer as count from pg_stat_database where datname = current_database()`;
  return row?.count;
};

test(`${askedCount} times at once ${peopleCount} people reassign one shift, on two instances: one wins, all others are told`, async () => {
  const before = await deadlocks();
  for (let round = 0; round < rounds; round += 1) {
    const shift = await stage.planShift(24 + 24 * round, 8);
    const { version } = await stage.shiftOf(shift);
    const context = { console: stage.console, securyflex: stage.securyflex };
    const asked = await Promise.all(
      Array.from({ length: askedCount }, async (_, number) => {
        const input = { shift, guard: stage.guardIds[number % 20], reason: "no-show", version };
        const { digest } = await stage.plan(reassignShift, input);
        const actor = { staffId: people[number % peopleCount]?.staffId as string, may: () => true, requestId: null };
        const request = {
          runId: randomUUID(),
          operation: reassignShift,
          input,
          actor,
          confirmation: { digest },
          context,
        };
        return requestRun(stage.console, request).catch((error: unknown) => {
          if (error instanceof RunRefusal) return error;
          throw error;
        });
      }),
    );
    const refused = asked.flatMap((answer) => (answer instanceof RunRefusal ? [answer] : []));
    const runs = asked.flatMap((answer) => (answer instanceof RunRefusal ? [] : [answer]));
    const ended = await Promise.all(runs.map((run) => stage.ended(run.id, 120)));
    const won = ended.filter(({ state }) => state === "done");
    expect(won.map(({ state }) => state)).toEqual(["done"]);
    const toldWho = /Shift \d+ is not as you saw it\. Supporter \d+ at .*: Guard \d+ got shift \d+ \(no-show\)\./;
    for (const { kind, message } of refused) expect([kind, message]).toEqual(["moved", expect.stringMatching(toldWho)]);
    for (const { state, outcome } of ended.filter((run) => run !== won[0]))
      expect([state, outcome]).toEqual(["lapsed", expect.stringMatching(toldWho)]);
    expect((await stage.shiftOf(shift)).version).toBe(version + 1);
    expect(await stage.paymentsOf(shift)).toHaveLength(1);
    expect(await stage.notesOf(shift)).toHaveLength(2);
  }
  expect(await deadlocks()).toBe(before);
}, 1_200_000);

type Way = { isLocked: boolean };

/** Two transactions that both judge before either writes, unless a lock lets one in after the other. */
async function raceFor(
  placings: { shift: number; guard: number }[],
  { isLocked }: Way,
  judge: (transaction: Transaction, shift: StandingShift, guard: StandingGuard) => Promise<string | undefined>,
): Promise<string[]> {
  const operate = drizzle(opsClient, { schema });
  let judgedCount = 0;
  let open = () => {};
  const everybodyJudged = new Promise<void>((resolve) => {
    open = resolve;
  });
  return Promise.all(
    placings.map(async ({ shift, guard: guardId }) => {
      const guard = (await readGuard(operate, guardId)) as StandingGuard;
      return operate
        .transaction(async (transaction) => {
          const [standing] = isLocked
            ? await lockShifts(transaction, [shift], [guardId])
            : await readStandingShifts(transaction, [shift]);
          const refusal = await judge(transaction, standing as StandingShift, guard);
          judgedCount += 1;
          if (judgedCount === placings.length) open();
          if (refusal) throw new OperationRefusal(refusal);
          if (!isLocked) await everybodyJudged;
          await placeGuard(transaction, standing as StandingShift, guard, { reason: "sick", runId: randomUUID() });
          return "placed";
        })
        .catch((error: unknown) => (error instanceof OperationRefusal ? "refused" : "stopped by the database"));
    }),
  );
}

test.each([true, false])(
  "of two who give a shift away at once one is told that it moved; locked %s",
  async (isLocked) => {
    const shift = await stage.planShift(700, 8);
    const { version } = await stage.shiftOf(shift);
    const placings = stage.guardIds.slice(0, 2).map((guard) => ({ shift, guard }));
    const told = await raceFor(placings, { isLocked }, async (_, standing) =>
      standing.version === version ? undefined : "moved",
    );
    expect(told.filter((one) => one === "refused")).toHaveLength(isLocked ? 1 : 0);
  },
);

test.each([
  [true, true, ["placed", "refused"], 0],
  [true, false, ["placed", "refused"], 0],
  [false, true, ["placed", "stopped by the database"], 0],
  [false, false, ["placed", "placed"], 1],
])(
  "one guard for two overlapping shifts at once; locked %s, with the constraint %s: %s",
  async (isLocked, isConstrained, expected, doubles) => {
    const shifts = [await stage.planShift(800, 8), await stage.planShift(804, 8)];
    const guard = stage.guardIds[5] as number;
    const definition =
      await stage.owner`select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'shifts_no_double_booking'`;
    if (!isConstrained) await stage.owner`alter table shifts drop constraint shifts_no_double_booking`;
    try {
      const told = await raceFor(
        shifts.map((shift) => ({ shift, guard })),
        { isLocked },
        async (transaction, standing, taker) => {
          const { refusals } = await judgePlacing(transaction, standing, taker, { asOf: new Date() });
          return refusals[0];
        },
      );
      expect(told.sort()).toEqual(expected);
      const found = await stage.owner`
      select from shifts one join shifts other on other.professional_id = one.professional_id and other.id > one.id
        and tstzrange(one.start_datetime, one.end_datetime) && tstzrange(other.start_datetime, other.end_datetime)
      where one.id = any(${shifts}) and other.id = any(${shifts})`;
      expect(found).toHaveLength(doubles);
    } finally {
      await stage.owner`delete from shifts where id = any(${shifts})`.catch(() => {});
      await stage.owner`update shifts set professional_id = null, status = 'published' where id = any(${shifts})`;
      if (!isConstrained)
        await stage.owner.unsafe(`alter table shifts add constraint shifts_no_double_booking ${definition[0]?.text}`);
    }
  },
);

/** Each check of the exclusion constraint waits for the other's open row: Postgres ends one with 40P01, or both 23P01. */
test.each([
  [true, ["refused", "refused"]],
  [false, ["stopped by the database", "stopped by the database"]],
])("two who hand their guards over crosswise at once; locked %s: %s", async (isLocked, expected) => {
  const [first, second] = stage.guardIds.slice(8, 10) as [number, number];
  const fromHours = isLocked ? 840 : 860;
  const shifts = [await stage.planShift(fromHours, 8, first), await stage.planShift(fromHours + 2, 8, second)] as [
    number,
    number,
  ];
  const placings = [
    { shift: shifts[0], guard: second },
    { shift: shifts[1], guard: first },
  ];
  const told = await raceFor(placings, { isLocked }, async (transaction, standing, taker) => {
    if (!isLocked) return undefined;
    const { refusals } = await judgePlacing(transaction, standing, taker, { asOf: new Date() });
    return refusals[0];
  });
  expect(told).toEqual(expected);
  expect(await Promise.all(shifts.map(async (id) => (await stage.shiftOf(id)).guardId))).toEqual([first, second]);
});

test("a run begins within a second, asked of this instance or of another", async () => {
  const waits: number[] = [];
  for (let number = 0; number < 6; number += 1) {
    const shift = await stage.planShift(900 + 24 * number, 8);
    const run = await stage.ask(reassignShift, { shift, guard: stage.guardIds[7], reason: "sick" });
    const { startedAt, requestedAt } = await stage.ended(run.id);
    waits.push((startedAt as Date).getTime() - requestedAt.getTime());
  }
  const averageMs = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  if (process.env.SOAK === "1") process.stdout.write(`a run waits ${waits.join(", ")} ms\n`);
  expect(averageMs).toBeLessThan(1_000);
});

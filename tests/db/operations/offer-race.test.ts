import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { OperationRefusal, type Transaction } from "../../../db/operation";
import { offerShift } from "../../../db/operations/offer-shift";
import { reassignShift } from "../../../db/operations/reassign-shift";
import { recordOfferAnswer } from "../../../db/operations/record-offer-answer";
import { withdrawOffer } from "../../../db/operations/withdraw-offer";
import * as schema from "../../../db/schema";
import { placeGuard } from "../../../db/shifts/changes/place-guard";
import {
  lockShifts,
  readGuard,
  readStandingShifts,
  type StandingGuard,
} from "../../../db/shifts/changes/standing-shift";
import { listShiftOffers } from "../../../db/shifts/offers/list-offers";
import { settleOffer } from "../../../db/shifts/offers/settle-offer";
import { openShiftStage, type ShiftStage } from "./shift-stage";

const rounds = process.env.SOAK === "1" ? 60 : 5;

let stage: ShiftStage;
let operate: Database;
let client: ReturnType<typeof openClient>;

beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 4 });
  client = openClient(loginUrl(stage.environment, "console_ops"), { max: 6, applicationName: "tests" });
  operate = drizzle(client, { schema });
});
afterAll(async () => {
  await client.end();
  await stage.close();
});

const guard = (number: number) => stage.guardIds[number - 1] as number;
const deadlocks = async () =>
  (await stage.owner`select deadlocks::integer as count from pg_stat_database where datname = current_database()`)[0]
    ?.count;

async function offered(fromHours: number): Promise<{ shift: number; offer: number }> {
  const shift = await stage.planShift(fromHours, 8);
  await stage.act(offerShift, { shift, guard: guard(1), fallback: String(guard(2)), reason: "sick", minutes: 1 });
  const [offer] = await listShiftOffers(stage.securyflex, shift);
  return { shift, offer: offer?.id as number };
}

/** What a refusal says is fine, anything else is not. */
const orRefused = (work: Promise<unknown>) =>
  work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof OperationRefusal) return false;
      throw error;
    },
  );

test("a yes twice, the clock, a withdrawal and a reassignment at once: one of them, and all that follows from it alone", async () => {
  const before = await deadlocks();
  const outcomes = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const { shift, offer } = await offered(24 + 24 * round);
    const { version } = await stage.shiftOf(shift);
    const contenders = [
      () => stage.act(recordOfferAnswer, { shift, offer, answer: "accepted" }),
      () => stage.act(recordOfferAnswer, { shift, offer, answer: "accepted" }),
      () => settleOffer(operate, offer, { asOf: new Date(Date.now() + 90_000) }),
      () => stage.act(withdrawOffer, { shift, offer }),
      () => stage.act(reassignShift, { shift, guard: guard(4), reason: "sick", version }),
    ];
    const turned = contenders.map((_, index) => contenders[(index + round) % contenders.length] ?? contenders[0]);
    await Promise.all(turned.map((contend) => orRefused((contend as () => Promise<unknown>)())));

    const [first, ...later] = (await listShiftOffers(stage.securyflex, shift)).reverse();
    const { guardId, status } = await stage.shiftOf(shift);
    const told = `${first?.state} ${guardId === guard(1) ? "guard 1" : guardId === guard(4) ? "guard 4" : "nobody"}`;
    outcomes.set(told, (outcomes.get(told) ?? 0) + 1);
    expect([
      "accepted guard 1",
      "withdrawn nobody",
      "withdrawn guard 4",
      "expired nobody",
      "expired guard 4",
    ]).toContain(told);
    expect(later.map(({ state }) => state)).toEqual(
      first?.state === "expired" ? [guardId === null ? "open" : "withdrawn"] : [],
    );
    expect(status).toBe(guardId === null ? "published" : "assigned");
    const name = guardId === guard(1) ? "Guard 1" : "Guard 4";
    expect(await stage.paymentsOf(shift)).toEqual(guardId === null ? [] : [`${name} pending 240.00`]);
    const notes = await stage.notesOf(shift);
    expect(notes.filter((note) => note.startsWith("shift_offer_ended Guard 1"))).toHaveLength(1);
    expect(notes.filter((note) => note.startsWith("shift_assigned Guard"))).toEqual(
      guardId === null ? [] : [`shift_assigned ${name}`],
    );
  }
  expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBe(rounds);
  expect(await deadlocks()).toBe(before);
}, 600_000);

test.each([
  [true, 1],
  [false, 2],
])("a yes and the clock that both find the offer open; locked %s: %s of them hold", async (isLocked, count) => {
  const { shift, offer } = await offered(isLocked ? 3_000 : 3_024);
  let foundCount = 0;
  let open = () => {};
  const bothFound = new Promise<void>((resolve) => {
    open = resolve;
  });
  /** Looks whether the offer is open, and acts on that. */
  const contend = (act: (transaction: Transaction) => Promise<unknown>) =>
    operate.transaction(async (transaction) => {
      if (isLocked) await lockShifts(transaction, [shift], []);
      const [found] = await listShiftOffers(transaction, shift);
      foundCount += 1;
      if (foundCount === 2) open();
      if (found?.state !== "open") return false;
      if (!isLocked) await bothFound;
      await act(transaction);
      return true;
    });
  const held = await Promise.all([
    contend(async (transaction) => {
      await transaction.execute(`update ops_offers set state = 'expired', ended_at = now() where id = ${offer}`);
    }),
    contend(async (transaction) => {
      const [standing] = await readStandingShifts(transaction, [shift]);
      if (!standing) throw new Error("There is no shift.");
      const taker = (await readGuard(transaction, guard(1))) as StandingGuard;
      await transaction.execute(`update ops_offers set state = 'accepted', ended_at = now() where id = ${offer}`);
      await placeGuard(transaction, standing, taker, { reason: "sick", runId: crypto.randomUUID() });
    }),
  ]);
  expect(held.filter(Boolean)).toHaveLength(count);
});

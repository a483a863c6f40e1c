import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { type Database, openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { settleDueOffers } from "../../../db/jobs/settle-offers";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { offerShift } from "../../../db/operations/offer-shift";
import { reassignShift } from "../../../db/operations/reassign-shift";
import { recordOfferAnswer } from "../../../db/operations/record-offer-answer";
import { undoReassignment } from "../../../db/operations/undo-reassignment";
import { withdrawOffer } from "../../../db/operations/withdraw-offer";
import * as schema from "../../../db/schema";
import { listShiftOffers } from "../../../db/shifts/offers/list-offers";
import { until } from "../../support/until";
import { openShiftStage, type ShiftStage } from "./shift-stage";

let stage: ShiftStage;
let operate: Database;
let client: ReturnType<typeof openClient>;
let worker: Worker;

beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 5 });
  client = openClient(loginUrl(stage.environment, "console_ops"), { max: 4, applicationName: "tests" });
  operate = drizzle(client, { schema });
  const options = { jobs: [], operations: [recordOfferAnswer], tickSeconds: 0.2, stopSeconds: 2, log: () => {} };
  worker = await startWorker(stage.environment, options);
});
beforeEach(async () => {
  await stage.owner`truncate shifts, notifications, finqle_transactions, ops_operation_effects, ops_deliveries cascade`;
  await stage.owner`update security_professionals set employment = 'zzp', hourly_rate = 25`;
});
afterAll(async () => {
  await worker.stop();
  await client.end();
  await stage.close();
});

const guard = (number: number) => stage.guardIds[number - 1] as number;
const soon = (seconds: number) => new Date(Date.now() + seconds * 1000);
const settle = (asOf = new Date()) =>
  settleDueOffers({ securyflex: stage.securyflex, operate, environment: stage.environment, asOf });

/** A shift of tomorrow that is offered to guard 1 for half an hour, and then to those of `fallback`. */
async function offered(fallback: number[] = []) {
  const shift = await stage.planShift(24, 8);
  const list: Record<string, string> = fallback.length > 0 ? { fallback: fallback.map(guard).join(",") } : {};
  const fields = { shift: String(shift), guard: String(guard(1)), reason: "sick", ...list };
  const read = offerShift.readInput(fields);
  if ("complaint" in read) throw new Error(read.complaint);
  const outcome = await stage.act(offerShift, read.input);
  const [offer] = await listShiftOffers(stage.securyflex, shift);
  return { shift, offer: offer?.id as number, ...outcome };
}

const offersOf = async (shift: number) =>
  (await listShiftOffers(stage.securyflex, shift)).map(({ guardName, state }) => `${guardName} ${state}`).reverse();

/** What the product does for guard `number`, who is signed in there. */
const answerAs = (number: number, offer: number, answer: string) =>
  stage.owner.begin(async (product) => {
    const [person] = await product`select user_id from security_professionals where id = ${guard(number)}`;
    await product`select set_config('request.jwt.claim.sub', ${person?.user_id}, true)`;
    await product`set local role authenticated`;
    const [told] = await product<{ told: string | null }[]>`select ops_answer_offer(${offer}, ${answer}) as told`;
    return told?.told;
  });

test("a yes by phone gives the shift as a reassignment does, and is taken back as one", async () => {
  const shift = await stage.planShift(24, 8, guard(5));
  const { summary } = await stage.act(offerShift, { shift, guard: guard(1), reason: "sick", minutes: 20 });
  expect(summary).toMatch(/^Shift \d+ is offered to Guard 1 until \d\d:\d\d\.$/);
  expect(await stage.shiftOf(shift)).toMatchObject({ guardId: guard(5), version: 1 });
  expect(await stage.notesOf(shift)).toEqual(["shift_offered Guard 1"]);

  const taken = await stage.act(recordOfferAnswer, { shift, answer: "accepted" });
  expect(taken.summary).toBe(`Guard 1 took shift ${shift} in place of Guard 5 (sick).`);
  expect(await offersOf(shift)).toEqual(["Guard 1 accepted"]);
  expect(await stage.shiftOf(shift)).toMatchObject({ guardId: guard(1), status: "assigned" });
  expect(await stage.paymentsOf(shift)).toEqual(["Guard 1 pending 240.00"]);
  expect(await stage.notesOf(shift)).toEqual([
    "shift_assigned Guard 1",
    "shift_offer_ended Guard 1",
    "shift_offered Guard 1",
    "shift_reassigned Anouk",
    "shift_unassigned Guard 5",
  ]);
  const sent = await stage.owner`select type from ops_deliveries where user_id is null order by id`;
  expect(sent.map(({ type }) => type)).toEqual(["offer_made", "offer_ended", "assignment_changed"]);
  await stage.act(undoReassignment, { run: taken.runId });
  expect(await stage.shiftOf(shift)).toMatchObject({ guardId: guard(5) });
});

test("a no asks the next, and whoever cannot take it is passed over", async () => {
  const { shift } = await offered([2, 3, 4]);
  await stage.owner`update security_professionals set vca_certificate = '{}' where id = ${guard(2)}`;
  const { summary } = await stage.act(recordOfferAnswer, { shift, answer: "declined" });
  expect(summary).toMatch(/^Guard 1 declined shift \d+\. It is offered to Guard 3 until/);
  expect(await offersOf(shift)).toEqual(["Guard 1 declined", "Guard 3 open"]);
  await stage.act(recordOfferAnswer, { shift, answer: "accepted" });
  expect(await stage.shiftOf(shift)).toMatchObject({ guardId: guard(3) });
  await stage.owner`update security_professionals set vca_certificate = '{"valid_until": "2040-01-01"}'`;
});

test("the clock ends an offer and asks the next, until nobody is left", async () => {
  const { shift } = await offered([2]);
  expect(await settle(soon(29 * 60))).toEqual([]);
  expect(await settle(soon(31 * 60))).toEqual([expect.stringMatching(/is expired; it was offered to Guard 2\.$/)]);
  expect(await settle(soon(60 * 60))).toEqual([]);
  expect(await settle(soon(62 * 60))).toEqual([expect.stringMatching(/is expired; nobody is asked next\.$/)]);
  expect(await offersOf(shift)).toEqual(["Guard 1 expired", "Guard 2 expired"]);
  expect(await stage.shiftOf(shift)).toMatchObject({ guardId: null, status: "published" });
  expect(await stage.paymentsOf(shift)).toEqual([]);
});

test("a guard answers in the product: a yes that came in time holds, however late it is settled", async () => {
  const { shift, offer } = await offered([2]);
  expect(await answerAs(2, offer, "accepted")).toBeNull();
  expect(await answerAs(1, offer, "accepted")).toBe("recorded");
  expect(await answerAs(1, offer, "declined")).toBe("answered");
  await settle(soon(3_600));
  await until(async () => (await stage.shiftOf(shift)).guardId === guard(1));
  expect(await offersOf(shift)).toEqual(["Guard 1 accepted"]);
  expect(await answerAs(1, offer, "declined")).toBe("accepted");
  expect(await stage.paymentsOf(shift)).toEqual(["Guard 1 pending 240.00"]);
});

test("a no in the product asks the next; what ran out takes no answer; nonsense is refused", async () => {
  const { shift, offer } = await offered([2]);
  expect(await answerAs(1, offer, "declined")).toBe("recorded");
  await settle();
  expect(await offersOf(shift)).toEqual(["Guard 1 declined", "Guard 2 open"]);
  const [second] = await listShiftOffers(stage.securyflex, shift);
  await stage.owner`update ops_offers set expires_at = now() where state = 'open'`;
  expect(await answerAs(2, second?.id as number, "accepted")).toBe("expired");
  await expect(stage.act(recordOfferAnswer, { shift, answer: "accepted" })).rejects.toThrow(/ran out at/);
  await expect(answerAs(2, second?.id as number, "perhaps")).rejects.toThrow(/accepted or declined/);
  await expect(
    stage.owner.begin(async (product) => {
      await product`set local role authenticated`;
      await product`select from ops_offers`;
    }),
  ).rejects.toThrow(/permission denied/);
});

test("a yes to a shift that changed meanwhile gives nothing and says who changed it", async () => {
  const { shift, offer } = await offered([2]);
  await stage.owner`update shifts set hourly_rate = 31 where id = ${shift}`;
  const { plan } = await stage.plan(recordOfferAnswer, { shift, answer: "accepted" });
  expect(plan.moved).toMatch(/is not as you saw it\. It changed outside of this console/);
  await answerAs(1, offer, "accepted");
  expect(await settle()).toEqual([expect.stringMatching(/is withdrawn; nobody is asked next/)]);
  expect((await listShiftOffers(stage.securyflex, shift))[0]?.note).toBe("The shift was changed.");
  expect(await stage.shiftOf(shift)).toMatchObject({ guardId: null });
});

test("a yes that the rules refuse by now is told so, and the next is asked", async () => {
  const { shift, offer } = await offered([2]);
  await stage.planShift(26, 4, guard(1));
  expect(await answerAs(1, offer, "accepted")).toBe("recorded");
  await settle();
  const [next, refused] = await listShiftOffers(stage.securyflex, shift);
  expect(refused).toMatchObject({ state: "withdrawn", note: expect.stringMatching(/./) });
  expect(next).toMatchObject({ guardName: "Guard 2", state: "open" });
});

test("whoever gives the shift away in another way ends the offer", async () => {
  const { shift } = await offered([2]);
  await stage.act(reassignShift, { shift, guard: guard(4), reason: "sick" });
  expect(await offersOf(shift)).toEqual(["Guard 1 withdrawn"]);
  await expect(stage.act(recordOfferAnswer, { shift, answer: "accepted" })).rejects.toThrow(/is offered to nobody/);
});

test("an offer is withdrawn once, and nobody is asked next", async () => {
  const { shift, offer } = await offered([2]);
  const { summary } = await stage.act(withdrawOffer, { shift });
  expect(summary).toBe(`The offer of shift ${shift} to Guard 1 was withdrawn.`);
  await expect(stage.act(withdrawOffer, { shift, offer })).rejects.toThrow(/is withdrawn, .*Support took it back/);
  await expect(stage.act(withdrawOffer, { shift })).rejects.toThrow(/is offered to nobody/);
  expect(await answerAs(1, offer, "accepted")).toBe("withdrawn");
  expect(await offersOf(shift)).toEqual(["Guard 1 withdrawn"]);
});

test("an employee is not offered a shift, nor is one that is offered already", async () => {
  await stage.owner`update security_professionals set employment = 'employee' where id = ${guard(2)}`;
  const shift = await stage.planShift(24, 8);
  const asked = { shift, reason: "sick" };
  await expect(stage.act(offerShift, { ...asked, guard: guard(2) })).rejects.toThrow(/is an employee, who is assigned/);
  const { plan } = await stage.plan(offerShift, { ...asked, guard: guard(1), fallback: `${guard(2)}, ${guard(3)}` });
  expect(plan.consequences).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Guard 2 is passed over: Guard 2 is an employee/),
      "Then it is offered to Guard 3.",
    ]),
  );
  await stage.act(offerShift, { ...asked, guard: guard(1) });
  await expect(stage.act(offerShift, { ...asked, guard: guard(3) })).rejects.toThrow(/is offered to Guard 1 until/);
});

test("what a rule warns of is offered with a reason alone, which holds for the yes and for whoever is next", async () => {
  await stage.owner`update security_professionals set hourly_rate = 45 where id = any(${[guard(1), guard(2)]})`;
  const shift = await stage.planShift(24, 8);
  const asked = { shift, guard: guard(1), fallback: String(guard(2)), reason: "sick" };
  await expect(stage.act(offerShift, asked)).rejects.toThrow(/Asks € 45/);
  await stage.act(offerShift, { ...asked, override: "Nobody else is near." });
  await settle(soon(31 * 60));
  expect(await offersOf(shift)).toEqual(["Guard 1 expired", "Guard 2 open"]);
  await stage.owner`update ops_offers set rules = '{}' where state = 'open'`;
  await expect(stage.act(recordOfferAnswer, { shift, answer: "accepted" })).rejects.toThrow(/Asks € 45/);
  await stage.owner`update ops_offers set rules = '{rate}' where state = 'open'`;
  const { proof } = await stage.act(recordOfferAnswer, { shift, answer: "accepted" });
  expect(proof).toContainEqual({ label: "Overridden", before: "rate", after: "Nobody else is near." });
});

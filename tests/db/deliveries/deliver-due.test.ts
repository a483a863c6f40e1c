import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { type Database, openClient } from "../../../db/connections";
import { claimDeliveries, lapseDeliveries, settleDelivery } from "../../../db/deliveries/claim-deliveries";
import { deliverDue, sendDelivery } from "../../../db/deliveries/deliver-due";
import { listShiftDeliveries, listTroubledDeliveries } from "../../../db/deliveries/list-deliveries";
import { loginUrl, readEnvironment } from "../../../db/environment";
import { acknowledgeIncident } from "../../../db/operations/acknowledge-incident";
import { cancelShift } from "../../../db/operations/cancel-shift";
import { reassignShift } from "../../../db/operations/reassign-shift";
import { retryDelivery } from "../../../db/operations/retry-delivery";
import { mostAttempts, nextAttemptAt } from "../../../db/rules/operations/next-attempt";
import * as schema from "../../../db/schema";
import { openShiftStage, type ShiftStage } from "../operations/shift-stage";
import { answering, openWebhook, secret, silence, type Webhook } from "./webhook";

let stage: ShiftStage;
let operate: Database;
let client: ReturnType<typeof openClient>;
let webhook: Webhook;

beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 2 });
  client = openClient(loginUrl(stage.environment, "console_ops"), { max: 4, applicationName: "tests" });
  operate = drizzle(client, { schema });
});
beforeEach(async () => {
  await stage.owner`truncate shifts, notifications, ops_deliveries, ops_operation_effects cascade`;
  webhook = await openWebhook();
});
afterEach(() => webhook.close());
afterAll(async () => {
  await client.end();
  await stage.close();
});

/** A shift that was given to guard 1: three messages, of the guard, the company and the change. */
async function giveShift(): Promise<number> {
  const shift = await stage.planShift(24, 8);
  await stage.act(reassignShift, { shift, guard: stage.guardIds[0], reason: "sick" });
  return shift;
}

const later = (seconds: number) => new Date(Date.now() + seconds * 1000);
const deliver = (asOf = later(1), timeoutMs?: number) =>
  deliverDue(operate, { receiver: { url: webhook.url, secret }, asOf, ...(timeoutMs ? { timeoutMs } : {}) });

/** Sends until nothing is due any more. Returns the counts of each time. */
async function deliverAll(asOf = later(1)): Promise<void> {
  for (let sent = 1; sent > 0; ) sent = (await deliver(asOf)).sentCount;
}

const statesOf = async (shift: number) =>
  (await listShiftDeliveries(stage.securyflex, shift)).map(({ type, state }) => `${type} ${state}`).reverse();

test("what a change tells is written with it, and leaves signed, once, in its order", async () => {
  const shift = await giveShift();
  expect(await statesOf(shift)).toEqual([
    "shift_assigned waiting",
    "shift_assigned waiting",
    "assignment_changed waiting",
  ]);
  await stage.act(cancelShift, { shift, reason: "client request" });
  await deliverAll();
  expect(webhook.received.map(({ type }) => type)).toEqual([
    "shift_assigned",
    "shift_assigned",
    "assignment_changed",
    "shift_cancelled",
    "shift_cancelled",
    "assignment_changed",
  ]);
  expect(webhook.received.every(({ isGenuine, shiftId }) => isGenuine && shiftId === shift)).toBe(true);
  expect(new Set(webhook.received.map(({ id }) => id)).size).toBe(6);
  expect(new Set((await statesOf(shift)).map((told) => told.split(" ")[1]))).toEqual(new Set(["delivered"]));
  await deliverAll(later(7_200));
  expect(webhook.received).toHaveLength(6);
});

test("a change that was not made tells nothing", async () => {
  const shift = await stage.planShift(24, 8);
  const { version } = await stage.shiftOf(shift);
  await stage.owner`update shifts set cancel_reason = 'outside' where id = ${shift}`;
  const stale = { shift, guard: stage.guardIds[0], reason: "sick", version };
  await expect(stage.act(reassignShift, stale)).rejects.toThrow();
  expect(await statesOf(shift)).toEqual([]);
});

test("an incident that is acknowledged leaves too", async () => {
  const shift = await stage.planShift(24, 8);
  const [incident] = await stage.owner`
    insert into incidents (shift_id, severity, summary) values (${shift}, 'high', 'A fire alarm') returning id`;
  await stage.act(acknowledgeIncident, { incident: Number(incident?.id) });
  await deliverAll();
  expect(webhook.received).toMatchObject([{ type: "incident_acknowledged", shiftId: shift }]);
});

test("a failure is tried again later under the same id, and what comes after it in the shift waits", async () => {
  const shift = await giveShift();
  webhook.answers.push(answering(500));
  expect(await deliver()).toEqual({ sentCount: 0, failedCount: 1 });
  expect(await deliver()).toEqual({ sentCount: 0, failedCount: 0 });
  expect((await listTroubledDeliveries(stage.securyflex))[0]).toMatchObject({
    state: "waiting",
    attempts: 1,
    answeredStatus: 500,
    failure: "The receiver answered 500.",
  });
  await deliverAll(later(10));
  const [first, again] = webhook.received;
  expect(again?.id).toBe(first?.id);
  expect(webhook.received).toHaveLength(4);
  expect(await listTroubledDeliveries(stage.securyflex)).toEqual([]);
  expect(await statesOf(shift)).toHaveLength(3);
});

test("another shift does not wait for a receiver that refuses this one", async () => {
  const [refused, other] = [await giveShift(), await giveShiftTomorrow()];
  webhook.answers.push(answering(503));
  await deliver();
  expect(webhook.received.map(({ shiftId }) => shiftId).sort()).toEqual([refused, other].sort());
});

async function giveShiftTomorrow(): Promise<number> {
  const shift = await stage.planShift(48, 8);
  await stage.act(reassignShift, { shift, guard: stage.guardIds[1], reason: "sick" });
  return shift;
}

test.each([
  ["that says nothing in time", silence, null, /did not answer within 0\.2 s/],
  ["that leads elsewhere", answering(302, { location: "/elsewhere" }), 302, /302, a redirect; none is followed/],
] as const)("a receiver %s has not got it", async (_, answer, status, failure) => {
  await giveShift();
  webhook.answers.push(answer);
  await deliver(later(1), 200);
  const [troubled] = await listTroubledDeliveries(stage.securyflex);
  expect(troubled).toMatchObject({ state: "waiting", answeredStatus: status, failure: expect.stringMatching(failure) });
  expect(webhook.received.map(({ path }) => path)).toEqual(["/hook"]);
});

test("a receiver that is not there has not got it, and its address is not told", async () => {
  await giveShift();
  await webhook.close();
  await deliver();
  const [troubled] = await listTroubledDeliveries(stage.securyflex);
  expect(troubled?.failure).toBe("The receiver was not reached: ECONNREFUSED.");
  webhook = await openWebhook();
});

test("410 is dead at once, the rest of the shift goes on, and a retry sends it once more", async () => {
  const shift = await giveShift();
  webhook.answers.push(answering(410));
  await deliver();
  const [dead] = await listTroubledDeliveries(stage.securyflex);
  expect(dead).toMatchObject({ state: "dead", answeredStatus: 410 });
  await deliverAll();
  expect(webhook.received).toHaveLength(3);
  await stage.act(retryDelivery, { delivery: dead?.id });
  await deliverAll();
  expect(webhook.received.at(-1)?.id).toBe(webhook.received[0]?.id);
  expect(new Set((await statesOf(shift)).map((told) => told.split(" ")[1]))).toEqual(new Set(["delivered"]));
  await expect(stage.act(retryDelivery, { delivery: dead?.id })).rejects.toThrow(/is delivered/);
  await expect(stage.act(retryDelivery, { delivery: 999_999 })).rejects.toThrow(/There is no message/);
});

test("after the last attempt it is dead", async () => {
  await giveShift();
  await stage.owner`update ops_deliveries set attempts = ${mostAttempts - 1}`;
  webhook.answers.push(answering(500));
  await deliver();
  expect((await listTroubledDeliveries(stage.securyflex))[0]).toMatchObject({ state: "dead", attempts: mostAttempts });
});

test("a worker that dies after it sent has it sent once more, under the same id", async () => {
  await giveShift();
  const receiver = { url: webhook.url, secret };
  const [claimed] = await claimDeliveries(operate, { asOf: later(1), most: 1 });
  if (!claimed) throw new Error("Nothing was claimed.");
  await sendDelivery(receiver, claimed, { sentAt: new Date() });
  await deliver(later(30));
  expect(webhook.received).toHaveLength(1);
  await deliver(later(62));
  expect(webhook.received.map(({ id }) => id)).toEqual([claimed.messageId, claimed.messageId]);
  expect(await settleDelivery(operate, claimed, { status: 500, failure: "late" }, later(63))).toBe(false);
});

test("two workers never have one message at once, nor two of one shift", async () => {
  for (let hour = 0; hour < 6; hour += 1) {
    const shift = await stage.planShift(100 + 24 * hour, 8);
    await stage.act(reassignShift, { shift, guard: stage.guardIds[hour % 2], reason: "sick" });
  }
  const asOf = later(1);
  const claims = await Promise.all(Array.from({ length: 4 }, () => claimDeliveries(operate, { asOf, most: 2 })));
  const ids = claims.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const shifts = claims.flat().map(({ body }) => body.shift_id);
  expect(new Set(shifts).size).toBe(shifts.length);
});

test("a receiver that knows another secret takes nothing for genuine", async () => {
  const stranger = await openWebhook("another secret that nobody gave us");
  await giveShift();
  await deliverDue(operate, { receiver: { url: stranger.url, secret }, asOf: later(1) });
  expect(stranger.received).toMatchObject([{ isGenuine: false }]);
  await stranger.close();
});

test("while no receiver is set what is a day old lapses, and is never taken for delivered", async () => {
  const shift = await giveShift();
  await lapseDeliveries(operate, { before: later(-86_400), asOf: new Date() });
  expect(new Set(await statesOf(shift))).toEqual(new Set(["shift_assigned waiting", "assignment_changed waiting"]));
  await lapseDeliveries(operate, { before: later(60), asOf: new Date() });
  expect(new Set(await statesOf(shift))).toEqual(new Set(["shift_assigned lapsed", "assignment_changed lapsed"]));
});

test("a next attempt comes later each time, up to an hour, at an instant that chance spreads", () => {
  const at = new Date("2026-11-23T12:00:00Z");
  const waits = (chance: number) =>
    Array.from({ length: mostAttempts - 1 }, (_, index) => (Number(nextAttemptAt(index + 1, at, chance)) - +at) / 1000);
  expect(waits(1)).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
  expect(waits(0)).toEqual(waits(1).map((seconds) => seconds / 2));
  expect(nextAttemptAt(mostAttempts, at, 1)).toBeNull();
});

test.each([
  ["https://hooks.example.nl/a", true],
  ["http://127.0.0.1:8080/a", true],
  ["http://localhost/a", true],
  ["http://hooks.example.nl/a", false],
  ["http://127.0.0.1.example.nl/a", false],
  ["https://somebody:word@hooks.example.nl/a", false],
  ["ftp://hooks.example.nl/a", false],
])("%s may be a receiver: %s", (url, isAllowed) => {
  const read = () => readEnvironment({ NODE_ENV: "test", WEBHOOK_URL: url, WEBHOOK_SECRET: secret });
  if (isAllowed) expect(read().WEBHOOK_URL).toBe(url);
  else expect(read).toThrow(/WEBHOOK_URL needs https/);
  expect(() => readEnvironment({ NODE_ENV: "test", WEBHOOK_URL: "https://hooks.example.nl" })).toThrow(
    /WEBHOOK_SECRET needs 32/,
  );
});

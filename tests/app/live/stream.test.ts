import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readBoardShifts } from "../../../app/live/board-shifts.server";
import { openClient, type Sql } from "../../../db/connections";
import { sessions } from "../../../db/console/schema";
import { openAsOwner } from "../../db/live/board";
import { startTestConsole, type TestConsole } from "../../support/console";
import { type EventStream, openEventStream } from "../../support/event-stream";
import { checkInNow, playLiveDay } from "../../support/live-day";
import { openRaw, readAll } from "../../support/raw-request";
import { until } from "../../support/until";

let ops: TestConsole;
let product: Sql;
let session: string;
const open: EventStream[] = [];

beforeAll(async () => {
  ops = await startTestConsole();
  product = openClient(ops.environment.DATABASE_URL as string, { max: 8, applicationName: "tests" });
  await playLiveDay(product, 60);
  session = await ops.signIn("ops");
}, 240_000);
afterAll(async () => {
  for (const stream of open) stream.close();
  await product?.end();
  await ops?.close();
});

async function follow(after?: string, ask = ops.ask): Promise<EventStream> {
  const stream = await openEventStream(ask, { session, after });
  open.push(stream);
  await until(() => stream.events.length > 0);
  return stream;
}
const checkinsOf = (stream: EventStream) =>
  stream.changes.flatMap(({ changes }) => changes.flatMap(([topic, id]) => (topic === "checkin" ? [id] : [])));
const hears = (stream: EventStream, id: number) => until(() => checkinsOf(stream).includes(id));

test("a check-in arrives whole: the shift as the board of that moment has it", async () => {
  const stream = await follow();
  const id = await checkInNow(product, 3);
  await hears(stream, id);
  const event = stream.changes.at(-1);
  expect(event?.changes).toEqual([["checkin", id, "insert"]]);
  expect(event?.gone).toEqual([]);
  const owner = openAsOwner(ops.environment.DATABASE_URL as string);
  const shifts = await readBoardShifts(owner.db, { asOf: event?.asOf as Date, shiftIds: [3] });
  await owner.close();
  expect(shifts).toHaveLength(1);
  expect(event?.shifts).toEqual(shifts);
});

test("events are numbered without a gap, and the last one's place is where a client goes on, on any instance", async () => {
  const [first, witness] = await Promise.all([follow(), follow()]);
  const ids = [await checkInNow(product, 4), await checkInNow(product, 5)];
  for (const id of ids) await hears(first, id);
  first.close();
  const missed = [await checkInNow(product, 4), await checkInNow(product, 6)];
  for (const id of missed) await hears(witness, id);

  const again = await follow(first.lastId());
  const other = await ops.another();
  const elsewhere = await follow(first.lastId(), (path, { session: cookie, headers, ...init } = {}) =>
    fetch(`${other.url}${path}`, { ...init, headers: { ...headers, Cookie: cookie as string } as HeadersInit }),
  );
  const last = await checkInNow(product, 7);
  for (const stream of [again, elsewhere]) {
    await hears(stream, last);
    expect(checkinsOf(stream)).toEqual([...missed, last]);
  }
  await hears(witness, last);
  expect(checkinsOf(witness)).toEqual([...ids, ...missed, last]);
  for (const stream of [witness, again, elsewhere]) {
    const numbers = stream.changes.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] as number) + index));
  }
  await other.stop();
  await until(() => elsewhere.events.length > 0);
});

test("shifts come to the board and leave it by time alone", async () => {
  const stream = await follow();
  const [planned] = await product<{ id: string }[]>`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    values (1, 2, 1, 'published', now() + interval '2 hours 4 seconds', now() + interval '9 hours', 30),
           (1, 2, 1, 'published', now() - interval '9 hours', now() - interval '2 hours' + interval '4 seconds', 30)
    returning id`;
  const [comes, leaves] = [Number(planned?.id), Number(planned?.id) + 1];
  const told = (pick: (event: EventStream["changes"][number]) => boolean) =>
    until(() => stream.changes.some(pick), { withinSeconds: 30 });
  await told(
    ({ changes, gone, shifts }) => changes.length > 0 && gone.includes(comes) && shifts.some(({ id }) => id === leaves),
  );
  await told(({ changes, shifts }) => changes.length === 0 && shifts.some(({ id }) => id === comes));
  await told(({ changes, gone }) => changes.length === 0 && gone.includes(leaves));
});

test("a cancelled shift is gone, and the server says at least every five seconds that it listens", async () => {
  const stream = await follow();
  await product`update shifts set status = 'cancelled', cancelled_at = now() where id = 60`;
  await until(() => stream.changes.some(({ gone }) => gone.includes(60)));
  const clocks = () => stream.events.filter(({ name }) => name === "clock").length;
  const before = clocks();
  await until(() => clocks() >= before + 2, { withinSeconds: 20 });
});

test.each([
  ["of another system", (place: string) => place.replace(/~\d+/, "~7000000000000000000")],
  ["from before a crash", (place: string) => place.replace(/-[0-9a-f]{32}\./, `-${"0".repeat(32)}.`)],
  ["from a year ago", (place: string) => place.replace(/^\d+/, "1700000000000")],
  ["that is none", () => "what?"],
])("a place %s is answered with a reset, and the stream ends", async (_what, change) => {
  const place = (await follow()).lastId() as string;
  if (change(place).startsWith("1700")) {
    await product`
      insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
      select 1, 2, 1, 'published', at, at + interval '1 hour', 30
      from generate_series('2024-01-01'::timestamptz, '2024-06-01', interval '1 hour') as at`;
  }
  const stream = await follow(change(place));
  await stream.ended;
  expect(stream.events.map(({ name }) => name)).toEqual(["reset"]);
});

test("a stream ends within two seconds of its session", async () => {
  const own = await ops.signIn("manager");
  const stream = await openEventStream(ops.ask, { session: own });
  await until(() => stream.events.length > 0);
  const revokedAt = performance.now();
  await ops.db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.staffId, ops.staff.manager.id));
  await stream.ended;
  expect(performance.now() - revokedAt).toBeLessThan(2_500);
});

test("nobody follows signed out, and a session does not follow without end", async () => {
  expect((await ops.ask("/live/stream")).status).toBe(401);
  const own = await ops.signIn("admin");
  const streams = await Promise.all(Array.from({ length: 24 }, () => openEventStream(ops.ask, { session: own })));
  expect((await ops.ask("/live/stream", { session: own })).status).toBe(429);
  for (const stream of streams) stream.close();
  await until(async () => {
    const answer = await ops.ask("/live/stream", { session: own, method: "HEAD" });
    return answer.status === 200;
  });
});

test("a client that does not read is cut at its byte cap, goes on from its place, and holds up nobody", async () => {
  const witness = await follow();
  const place = witness.lastId() as string;
  const stalled = await openRaw(ops.url);
  stalled.pause();
  stalled.write(
    `GET /live/stream HTTP/1.1\r\nHost: ${new URL(ops.url).host}\r\nCookie: ${session}\r\nLast-Event-ID: ${place}\r\n\r\n`,
  );
  // The kernel holds a few megabytes before the server must.
  const rounds = 16;
  for (let round = 1; round <= rounds; round += 1) {
    await product`update shifts set post = ${`${round} ${"x".repeat(30_000)}`} where id < 50`;
    await until(() => witness.changes.at(-1)?.shifts[0]?.post.startsWith(`${round} `), { withinSeconds: 20 });
  }
  const whole = witness.events.reduce((sum, { text }) => sum + text.length, 0);
  const rest = readAll(stalled);
  stalled.resume();
  const received = await rest;
  expect(whole).toBeGreaterThan(rounds * 49 * 30_000);
  expect(received.length).toBeLessThan(whole / 2);
  const resumed = await follow([...received.matchAll(/^id: (.*)$/gm)].at(-2)?.[1]);
  expect(resumed.changes[0]?.shifts.every(({ post }) => post.startsWith(`${rounds} `))).toBe(true);
}, 120_000);

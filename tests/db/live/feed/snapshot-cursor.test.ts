import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { closeConnections, type Database, openClient, type Sql, securyflex } from "../../../../db/connections";
import { beginLife } from "../../../../db/live/feed/begin-life";
import { pruneOutbox } from "../../../../db/live/feed/prune-outbox";
import { type Change, isOfNoLife, listChangesSince, readCursor } from "../../../../db/live/feed/snapshot-cursor";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";
import { explainLast } from "../../../support/plan";
import { people, playScene } from "../../../support/scene";
import { until } from "../../../support/until";

let databases: TestDatabases;
let owner: Sql;
let db: Database;

beforeAll(async () => {
  databases = await cloneDatabases();
  Object.assign(process.env, databases.environment);
  owner = openClient(databases.environment.DATABASE_URL as string, { max: 4, applicationName: "tests" });
  await playScene(owner);
  db = securyflex("console_read");
});
afterAll(async () => {
  await closeConnections();
  await owner.end();
  await databases.drop();
});

async function changesSince(cursor: string): Promise<Change[]> {
  const reading = await listChangesSince(db, cursor);
  if (reading === "too-old") throw new Error("The cursor was refused.");
  return reading.changes;
}

/** Of a guard and his shift, which have the same number: the last position of one guard is one row. */
const checkIn = (on: Sql, count = 1, guard = 1) => on`
  insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, recorded_at)
  select ${guard}::bigint, ${guard}::bigint, 'ping', 'SRID=4326;POINT(4.9 52.4)', 10, now() from generate_series(1, ${count})`;

describe("what the product writes is in the list of changes", () => {
  const written: [what: string, statement: (on: Sql) => Promise<unknown>, change: Partial<Change>][] = [
    ["a check-in", (on) => checkIn(on), { topic: "checkin", shiftId: 1, op: "insert" }],
    [
      "a change of a shift",
      (on) => on`update shifts set post = 'Gate' where id = 1`,
      { topic: "shift", entityId: 1, shiftId: 1, op: "update" },
    ],
    [
      "an incident",
      (on) => on`insert into incidents (shift_id, severity, summary) values (1, 'high', 'Break-in')`,
      { topic: "incident", shiftId: 1, op: "insert" },
    ],
    [
      "its acknowledgement",
      (on) => on`update incidents set acknowledged_at = now() where summary = 'Break-in'`,
      { topic: "incident", shiftId: 1, op: "update" },
    ],
    [
      "a payment that moves on",
      (on) => on`update finqle_transactions set status = status where shift_id = 1`,
      { topic: "payment", shiftId: 1, op: "update" },
    ],
  ];

  test.each(written)("%s", async (_what, statement, change) => {
    const cursor = await readCursor(db);
    await statement(owner);
    const changes = await changesSince(cursor);
    expect(changes.length).toBeGreaterThan(0);
    for (const one of changes) expect(one).toMatchObject(change);
  });

  test("a new shift and its removal", async () => {
    const cursor = await readCursor(db);
    const [shift] = await owner`
      insert into shifts (company_id, client_id, location_id, start_datetime, end_datetime, hourly_rate)
      select company_id, client_id, location_id, start_datetime, end_datetime, 20 from shifts where id = 1
      returning id`;
    await owner`delete from shifts where id = ${shift?.id}`;
    const id = Number(shift?.id);
    expect(await changesSince(cursor)).toMatchObject([
      { topic: "shift", entityId: id, shiftId: id, op: "insert" },
      { topic: "shift", entityId: id, shiftId: id, op: "delete" },
    ]);
  });

  test("a guard who checks in writes there too, though the list is closed to him", async () => {
    const cursor = await readCursor(db);
    await owner.begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claim.sub', ${people.guard}, true)`;
      await transaction`set local role authenticated`;
      await checkIn(transaction as unknown as Sql);
      await transaction`savepoint before`;
      const looked = await transaction
        .savepoint((inner) => inner`select * from ops_outbox`)
        .catch((error) => error.code);
      expect(looked).toBe("42501");
    });
    expect(await changesSince(cursor)).toMatchObject([{ topic: "checkin", op: "insert" }]);
  });

  test("what is rolled back never was, and many rows of one statement are many changes", async () => {
    const cursor = await readCursor(db);
    await owner
      .begin(async (transaction) => {
        await checkIn(transaction as unknown as Sql);
        throw new Error("undone");
      })
      .catch(() => {});
    await checkIn(owner, 3);
    const changes = await changesSince(cursor);
    expect(changes).toHaveLength(3);
    expect(new Set(changes.map(({ entityId }) => entityId)).size).toBe(3);
  });
});

test("a transaction that commits late is neither lost nor told twice; by its id it would be lost", async () => {
  const cursor = await readCursor(db);
  const [{ id: lastId } = { id: 0 }] = await owner`select coalesce(max(id), 0) as id from ops_outbox`;
  const seen: Change[] = [];
  const naive = { lastId: Number(lastId), seen: [] as number[] };
  let position = cursor;
  const look = async () => {
    const reading = await listChangesSince(db, position);
    if (reading === "too-old") throw new Error("The cursor was refused.");
    position = reading.cursor;
    seen.push(...reading.changes);
    const rows = await owner`select id::integer from ops_outbox where id > ${naive.lastId} order by id`;
    naive.seen.push(...rows.map(({ id }) => id));
    naive.lastId = naive.seen.at(-1) ?? naive.lastId;
  };
  await owner.begin(async (late) => {
    await checkIn(late as unknown as Sql, 1, 2);
    await checkIn(owner);
    await look();
    expect(seen).toHaveLength(1);
  });
  await look();
  await look();
  expect(seen).toHaveLength(2);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(2);
  expect(naive.seen, "the naive cursor went past it").toHaveLength(1);
});

test("in one transaction a page and its cursor fit, whatever commits meanwhile", async () => {
  const cursor = await db.transaction(
    async (transaction) => {
      await transaction.execute(sql`select 1`);
      await checkIn(owner);
      return readCursor(transaction);
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  expect(await changesSince(cursor)).toHaveLength(1);
});

describe("what cannot be continued is too old, and never an error", () => {
  test.each([
    ["nothing", () => ""],
    ["words", () => "how are you"],
    ["another system", (own: string) => own.replace(/^\d+/, "7000000000000000000")],
    ["another database", (own: string) => own.replace(/^(\d+)-\d+/, "$1-1")],
    ["another life", (own: string) => own.replace(/-[0-9a-f]{32}/, `-${"0".repeat(32)}`)],
    ["the future", (own: string) => own.replace(/\..*/, ".999999999999:999999999999:")],
    ["a snapshot that PostgreSQL refuses", (own: string) => own.replace(/\..*/, ".20:10:")],
    ["one with a running transaction beyond it", (own: string) => own.replace(/\..*/, ".10:20:20")],
    ["numbers of no transaction", (own: string) => own.replace(/\..*/, ".0:0:")],
    ["numbers too large", (own: string) => own.replace(/\..*/, `.${"9".repeat(40)}:${"9".repeat(41)}:`)],
    ["SQL", (own: string) => `${own}'; drop table ops_outbox; --`],
  ])("%s", async (_what, change) => {
    expect(await listChangesSince(db, change(await readCursor(db)))).toBe("too-old");
  });

  test("more changes than were asked for", async () => {
    const cursor = await readCursor(db);
    await checkIn(owner, 5);
    expect(await listChangesSince(db, cursor, { most: 4 })).toBe("too-old");
    expect(await listChangesSince(db, cursor, { most: 5 })).toMatchObject({ changes: { length: 5 } });
  });

  test("a cursor from before a crash, while one after it goes on", async () => {
    const before = await readCursor(db);
    await owner`truncate ops_feed`; // as crash recovery does with an unlogged table
    expect(await listChangesSince(db, before)).toBe("too-old");
    expect(isOfNoLife(await readCursor(db))).toBe(true);
    await Promise.all([1, 2].map(() => beginLife(securyflex("console_ops"))));
    const after = await readCursor(db);
    expect(isOfNoLife(after)).toBe(false);
    await checkIn(owner);
    expect(await changesSince(after)).toHaveLength(1);
    expect(await listChangesSince(db, before)).toBe("too-old");
  });
});

describe("pruning", () => {
  const soon = () => new Date(Date.now() + 60_000);
  const prune = (most?: number) =>
    pruneOutbox(securyflex("console_ops"), { before: soon(), ...(most ? { most } : {}) });
  const left = async () => Number((await owner`select count(*) from ops_outbox`)[0]?.count);
  /** Transactions of other tests on the server keep rows for a moment. */
  const pruneAll = () => until(async () => (await prune()) === 0 && (await left()) === 0, { withinSeconds: 40 });

  test("takes all, and a cursor that missed one of them is too old while a later one goes on", async () => {
    const before = await readCursor(db);
    await checkIn(owner, 3);
    await pruneAll();
    const after = await readCursor(db);
    expect(await listChangesSince(db, before)).toBe("too-old");
    await checkIn(owner);
    expect(await changesSince(after)).toHaveLength(1);
  });

  test("takes the oldest first, and leaves what is young", async () => {
    await pruneAll();
    await checkIn(owner, 5);
    expect(await pruneOutbox(securyflex("console_ops"), { before: new Date(Date.now() - 60_000) })).toBe(0);
    const ids = async () => (await owner`select id::integer from ops_outbox order by id`).map(({ id }) => id);
    const all = await ids();
    await until(async () => (await prune(4)) > 0, { withinSeconds: 40 });
    expect(await ids()).toEqual(all.slice(4));
  });

  test("leaves what an open transaction keeps others from having seen", async () => {
    await pruneAll();
    await owner.begin(async (open) => {
      await open`select pg_current_xact_id()`;
      await checkIn(owner, 2);
      expect(await prune()).toBe(0);
    });
    await pruneAll();
  });
});

test("the changes since a cursor are one walk of the index, however long the list", async () => {
  await owner`
    insert into ops_outbox (xid, topic, entity_id, shift_id, op)
    select (3 + number % (pg_current_xact_id()::text::bigint - 5))::text::xid8, 'checkin', number, 1, 'insert'
    from generate_series(1, 50000) as number`;
  await owner`analyze ops_outbox`;
  const cursor = await readCursor(db);
  const plan = await explainLast(databases.environment, (on) => listChangesSince(on, cursor));
  expect(plan.indexes).toContain("ops_outbox_xid_id_idx");
  expect(plan.scannedWhole).not.toContain("ops_outbox");
});

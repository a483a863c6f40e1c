import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Anchor, keepAnchor, readAnchors } from "../../../db/audit/anchors";
import { verifyTrail } from "../../../db/audit/verify-trail";
import { openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let superuser: Sql;
let app: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  superuser = openClient(loginUrl(databases.environment, "console_owner"), { max: 1, applicationName: "tests" });
  app = openClient(loginUrl(databases.environment, "console_app"), { max: 4, applicationName: "tests" });
  for (let count = 0; count < 12; count += 1) await act(app, `test.${count}`);
});
afterAll(async () => {
  await Promise.all([superuser.end(), app.end()]);
  await databases.drop();
});

const act = (sql: Sql, action: string) =>
  sql`insert into audit_events (action, target, outcome, details) values (${action}, 'thing:é', 'done', '{"before": 1.50}')`;

async function anchorOf(sql: Sql): Promise<Anchor> {
  const [head] = await sql<{ position: string; hash: string; origin: string }[]>`
    select position::text, encode(hash, 'hex') as hash,
           (select encode(hash, 'hex') from audit_links where position = 1) as origin
    from audit_links order by audit_links.position desc limit 1`;
  return {
    at: "2026-11-22T13:00:00.000Z",
    ...(head as { hash: string; origin: string }),
    position: Number(head?.position),
  };
}

const undone = new Error("undone");

/** What is found after `tamper`, as a superuser whom no trigger stops; everything is undone after. */
async function faultsAfter(tamper: (sql: Sql) => Promise<unknown>, anchors: Anchor[]): Promise<string[]> {
  let faults: string[] = [];
  await superuser
    .begin(async (transaction) => {
      await transaction`set local session_replication_role = replica`;
      await tamper(transaction as unknown as Sql);
      const inside = Object.assign(transaction, {
        begin: (_: string, work: (sql: unknown) => unknown) => work(transaction),
      });
      faults = (await verifyTrail(inside as unknown as Sql, anchors)).faults;
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return faults;
}

/** Makes the whole chain anew from the events as they are, as the trigger does. */
const rechain = async (sql: Sql) => {
  await sql`set local session_replication_role = origin`;
  await sql`create temporary table kept on commit drop as select * from audit_events order by id`;
  await sql`alter table audit_links disable trigger user`;
  await sql`alter table audit_events disable trigger audit_events_append_only`;
  await sql`delete from audit_links`;
  await sql`delete from audit_events`;
  await sql`insert into audit_events overriding system value select * from kept order by id`;
};

const tampers: [string, RegExp, (sql: Sql) => Promise<unknown>][] = [
  [
    "an edited event",
    /not what was written/,
    (sql) => sql`update audit_events set reason = 'because' where action = 'test.4'`,
  ],
  ["an event deleted from the middle", /was deleted/, (sql) => sql`delete from audit_events where action = 'test.5'`],
  [
    "an event deleted with its link",
    /Link \d+ is missing/,
    async (sql) => {
      await sql`delete from audit_links using audit_events where event_id = id and action = 'test.5'`;
      await sql`delete from audit_events where action = 'test.5'`;
    },
  ],
  [
    "a tail that was cut off",
    /its end was cut off/,
    async (sql) => {
      await sql`delete from audit_links where position > 8`;
      await sql`delete from audit_events where not exists (select from audit_links where event_id = id)`;
    },
  ],
  [
    "an event written while the trigger was disabled",
    /stand outside the chain/,
    (sql) => sql`insert into audit_events (action, outcome) values ('unseen', 'done')`,
  ],
  [
    "two events that changed places",
    /not what was written/,
    async (sql) => {
      const [third, fourth] = await sql<{ id: string }[]>`
        select event_id as id from audit_links where position in (3, 4) order by position`;
      await sql`update audit_links set event_id = -1 where position = 3`;
      await sql`update audit_links set event_id = ${third?.id ?? 0} where position = 4`;
      await sql`update audit_links set event_id = ${fourth?.id ?? 0} where position = 3`;
    },
  ],
  [
    "a backdated event",
    /not what was written/,
    (sql) => sql`update audit_events set at = at - interval '1 day' where action = 'test.2'`,
  ],
  [
    "another person put in the place of the one who acted",
    /not what was written/,
    (sql) => sql`update audit_events set staff_id = gen_random_uuid() where action = 'test.3'`,
  ],
  [
    "a chain that was made anew over an edited event",
    /was made anew|does not begin/,
    async (sql) => {
      await sql`update audit_events set action = 'test.innocent' where action = 'test.6'`;
      await rechain(sql);
    },
  ],
  [
    "an old copy that was put back and went on",
    /was made anew/,
    async (sql) => {
      await sql`delete from audit_links where position > 8`;
      await sql`delete from audit_events where not exists (select from audit_links where event_id = id)`;
      await sql`set local session_replication_role = origin`;
      for (let count = 0; count < 6; count += 1) await act(sql, `later.${count}`);
    },
  ],
];

test("an untouched trail is whole, and so is one that grew since it was anchored", async () => {
  const anchor = await anchorOf(app);
  expect((await verifyTrail(app, [anchor])).faults).toEqual([]);
  await act(app, "test.later");
  const verdict = await verifyTrail(app, [anchor]);
  expect(verdict).toMatchObject({ faults: [], eventCount: anchor.position + 1, anchorCount: 1 });
  expect(await faultsAfter(async () => undefined, [anchor])).toEqual([]);
});

test.each(tampers)("%s is found", async (_, expected, tamper) => {
  const anchor = await anchorOf(superuser);
  expect((await faultsAfter(tamper, [anchor])).join("\n")).toMatch(expected);
});

test("a chain that was made anew over the same events stays whole: only what it says is guarded", async () => {
  const anchor = await anchorOf(superuser);
  expect(await faultsAfter(rechain, [anchor])).toEqual([]);
});

test("the login that serves may neither change nor delete an event or a link, and the owner is stopped by a trigger", async () => {
  for (const sql of [app, superuser]) {
    await expect(sql`update audit_events set reason = 'x'`).rejects.toThrow(/permission denied|append-only/);
    await expect(sql`delete from audit_events`).rejects.toThrow(/permission denied|append-only/);
    await expect(sql`truncate audit_events, audit_links`).rejects.toThrow(/permission denied|append-only/);
    await expect(sql`update audit_links set hash = hash`).rejects.toThrow(/permission denied|append-only/);
    await expect(sql`delete from audit_links`).rejects.toThrow(/permission denied|append-only/);
  }
  await expect(app`insert into audit_links (position, event_id, hash) values (99999, 1, sha256('x'))`).rejects.toThrow(
    /permission denied/,
  );
});

test("events of many writers at once stand in one chain", async () => {
  await Promise.all(Array.from({ length: 24 }, (_, count) => act(app, `crowd.${count}`)));
  expect((await verifyTrail(app, [])).faults).toEqual([]);
});

test("an anchor of the file that was altered is told apart from those that the console wrote", async () => {
  const folder = await mkdtemp(join(tmpdir(), "anchors-"));
  const file = join(folder, "anchors.jsonl");
  try {
    expect(await readAnchors(databases.environment, file)).toEqual({ anchors: [], forgedLines: [] });
    const anchor = await anchorOf(app);
    await keepAnchor(databases.environment, file, anchor);
    await keepAnchor(databases.environment, file, { ...anchor, position: anchor.position + 1 });
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(`"position":${anchor.position},`, `"position":${anchor.position - 1},`));
    const read = await readAnchors(databases.environment, file);
    expect(read.forgedLines).toEqual([1]);
    expect(read.anchors).toEqual([{ ...anchor, position: anchor.position + 1 }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

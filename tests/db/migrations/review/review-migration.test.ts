import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../../db/connections";
import { loginUrl } from "../../../../db/environment";
import { unknownCatalog } from "../../../../db/migrations/review/catalog-facts";
import { judgeScript } from "../../../../db/migrations/review/judge-script";
import { describeBlockers, type Holder } from "../../../../db/migrations/review/read-holders";
import { type MigrationReview, reviewScript } from "../../../../db/migrations/review/review-migration";
import { readAnswer } from "../../../../db/migrations/review/run-squawk";
import * as schema from "../../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";
import { until } from "../../../support/until";

let databases: TestDatabases;
let owner: Sql;
let other: Sql;
let reader: Sql;
let db: Database;
beforeAll(async () => {
  databases = await cloneDatabases();
  const url = databases.environment.DATABASE_URL as string;
  [owner, other] = ["someone's report", "another"].map((name) =>
    openClient(url, { max: 1, applicationName: name }),
  ) as [Sql, Sql];
  reader = openClient(loginUrl(databases.environment, "console_read"), { max: 2, applicationName: "console" });
  db = drizzle(reader, { schema });
  await owner.unsafe(`
    create table crates (id bigint primary key, weight integer, note text);
    alter table crates owner to console_admin;
    insert into crates select n, n, repeat('x', 100) from generate_series(1, 120000) as n;
    create table tags (id bigint primary key, note text);
    analyze crates, tags`);
});
afterEach(async () => {
  await Promise.all([owner, other].map((sql) => sql.unsafe("rollback")));
});
afterAll(async () => {
  await Promise.all([owner.end(), other.end(), reader.end()]);
  await databases.drop();
});

const script = (text: string) => ({
  text,
  isTransactional: !text.startsWith("-- transaction: none"),
  adoptQuery: undefined,
  adoptTable: undefined,
});
const review = (text: string, more: object = {}): Promise<MigrationReview> =>
  reviewScript(db, script(text), { label: "0099_trial", direction: "up", ...more });
const openFor = (seconds: number) =>
  until(
    async () => {
      const [row] = await reader`select from pg_stat_activity where application_name = 'someone''s report'
      and datname = current_database() and xact_start < now() - make_interval(secs => ${seconds})`;
      return row;
    },
    { withinSeconds: 20 },
  );

test("a lock of a moment on a table that nobody holds may go", async () => {
  const { verdict, statements } = await review("alter table crates add column colour text;");
  expect(verdict).toBe("go");
  expect(statements[0]).toMatchObject({
    words: "Adds column colour to crates: reads and writes of crates wait for a moment.",
    work: "none",
    relations: [{ name: "public.crates", rows: 120000, blockers: [] }],
  });
  expect(statements[0]?.relations[0]?.sizeBytes).toBeGreaterThan(10 * 1024 ** 2);
  expect(statements[0]?.relations[0]?.callsPerMinute).not.toBeNull();
});

test("the same work stops a large table and not a small one", async () => {
  const large = await review("create index crates_weight_idx on crates (weight);");
  expect(large.verdict).toBe("never");
  expect(large.reasons).toEqual([expect.stringContaining("(require-concurrent-index-creation)")]);
  expect(large.statements[0]?.findings).toEqual([
    expect.objectContaining({
      source: "squawk",
      severity: "blocks",
      statement: 0,
      advice: expect.stringContaining("concurrently"),
    }),
  ]);
  expect(await review("create index tags_note_idx on tags (note);")).toMatchObject({ verdict: "go", reasons: [] });
});

test("who holds the table for long is named, and the migration waits for its end", async () => {
  await owner.unsafe("begin; select count(*) from crates");
  await openFor(6);
  const { verdict, reasons } = await review("alter table crates add column colour text;");
  expect(verdict).toBe("wait");
  expect(reasons).toEqual([
    expect.stringMatching(
      /^pid \d+ \(someone's report of postgres\) holds ACCESS SHARE on crates in a transaction that is open for \d+ s\.$/,
    ),
  ]);
  const gentle = await review("alter table crates alter column weight set statistics 200;");
  expect(gentle.verdict).toBe("go");
}, 90_000);

test("a queue before the table is not joined, and a table that is locked away has no size", async () => {
  await owner.unsafe("begin; lock table crates in access exclusive mode");
  const waiting = other.unsafe("begin; select from crates limit 1").catch(() => {});
  await until(
    async () => (await reader`select from pg_locks where not granted and relation = 'crates'::regclass`).length,
  );
  const { verdict, reasons, statements } = await review("alter table crates add column colour text;");
  expect(verdict).toBe("wait");
  expect(reasons.join("\n")).toMatch(/pid \d+ \(another of postgres\) waits for crates already/);
  expect(statements[0]?.relations[0]?.sizeBytes).toBeNull();
  await owner.unsafe("rollback");
  await waiting;
});

test("a disk that has no room for the table twice is a reason never to write it anew", async () => {
  const { reasons } = await review("cluster tags using tags_pkey;", { freeDiskBytes: 1024 });
  expect(reasons.at(-1)).toMatch(/^Writing tags anew needs 0\.\d GiB of disk, and 0\.0 GiB are free\.$/);
  const { reasons: roomy } = await review("cluster tags using tags_pkey;", { freeDiskBytes: 1024 ** 4 });
  expect(roomy.join("\n")).not.toMatch(/of disk/);
});

test("what is no SQL is never run, and says where it ends to be SQL", async () => {
  const { verdict, reasons } = await review("select 1;\nalter tabel crates add colour text;");
  expect({ verdict, reasons }).toEqual({
    verdict: "never",
    reasons: [
      'The script is not understood as SQL of PostgreSQL: syntax error at or near "tabel", line 2. Mend it there.',
    ],
  });
});

test("an empty way back is told, a broken one stops the way there", async () => {
  const there = "create table labels (id bigint primary key);";
  expect((await review(there, { counterpart: script("drop table labels;") })).reasons).toEqual([]);
  expect(await review(there, { counterpart: script("-- nothing") })).toMatchObject({
    verdict: "go",
    reasons: [expect.stringContaining("(no-way-back)")],
  });
  expect(await review(there, { counterpart: script("drop tabel labels;") })).toMatchObject({ verdict: "never" });
});

test("what does not end by itself, or does not give way, is told apart from a passing vacuum", () => {
  const holder = {
    oid: 1,
    mode: "SHARE UPDATE EXCLUSIVE",
    isGranted: true,
    pid: 7,
    who: "held",
    ageSeconds: 1,
  } as const;
  const blockers = (kind: Holder["kind"]) => describeBlockers([{ ...holder, kind }], "crates", "SHARE");
  expect(blockers("prepared transaction")[0]).toMatch(
    /^The prepared transaction held holds .* commit it or roll it back\.$/,
  );
  expect(blockers("vacuum against wraparound")[0]).toMatch(/\(pid 7\) and does not give way/);
  expect(blockers("autovacuum")).toEqual([]);
  expect(blockers("session")).toEqual([]);
  expect(describeBlockers([{ ...holder, kind: "session", ageSeconds: 60 }], "crates", "ROW EXCLUSIVE")).toEqual([]);
});

test("a script that squawk did not read is not called fine", async () => {
  const answer = readAnswer("", "squawk: cannot execute");
  const unlinted = "sentence" in answer ? answer.sentence : undefined;
  expect(unlinted).toBe("Not linted: squawk gave no answer within 10 s (squawk: cannot execute).");
  const known = { facts: unknownCatalog(15), unlinted, oldTransactions: [], freeDiskBytes: null };
  expect(judgeScript([], known)).toEqual({ verdict: "wait", reasons: [unlinted] });
});

test("a table that everyone uses is left for a quieter hour", async () => {
  const { statements } = await review("alter table tags add column colour text;");
  const busy = statements.map((statement) => ({
    ...statement,
    relations: statement.relations.map((relation) => ({ ...relation, callsPerMinute: 90_000 })),
  }));
  const known = { facts: unknownCatalog(15), unlinted: undefined, oldTransactions: [], freeDiskBytes: null };
  expect(judgeScript(busy, known)).toEqual({
    verdict: "wait",
    reasons: ["tags is used 90000 times a minute, more than 30000: run it in a quieter hour."],
  });
});

test("a review that is called off ends at once", async () => {
  await expect(
    review("alter table crates add column colour text;", { signal: AbortSignal.abort(new Error("gone")) }),
  ).rejects.toThrow("gone");
});

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { loginUrl } from "../../../db/environment";
import { pruneRecords } from "../../../db/jobs/prune-records";
import { getAlarm, listEndedAlarms, listOpenAlarms, readAlarmRevision } from "../../../db/live/alarms/list-alarms";
import { recordJudgement } from "../../../db/live/alarms/record-judgement";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { now } from "./board";

let databases: TestDatabases;

/** Ninety days of alarms, a thousand a day, two hundred of them open. */
beforeAll(async () => {
  databases = await cloneDatabases();
  await onConsole("console_owner", async (db) => {
    await db.execute(sql`
      insert into alarms (shift_id, kind, cause, severity, began_at, raised_at, ended_at, ending, location_id)
      select n, 'late', 'absence', 'warning', began, began,
             case when n > 200 then began + interval '10 minutes' end, case when n > 200 then 'recovered' end, n % 500
      from generate_series(1, 90000) as n,
           lateral (select ${now.toISOString()}::timestamptz - n * interval '86 seconds' as began) as told`);
    await db.execute(sql`analyze alarms`);
  });
});
afterAll(() => databases?.drop());

async function onConsole<Result>(
  login: "console_owner" | "console_app",
  work: (db: ConsoleDatabase) => Promise<Result>,
  logQuery: (query: string, params: unknown[]) => void = () => {},
): Promise<Result> {
  const client = openClient(loginUrl(databases.environment, login), { max: 1, applicationName: "tests" });
  try {
    return await work(drizzle(client, { schema: consoleSchema, logger: { logQuery } }));
  } finally {
    await client.end();
  }
}

type Node = { "Node Type": string; "Index Name"?: string; "Relation Name"?: string; Plans?: Node[] };

const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

async function explain(query: string, params: unknown[]): Promise<{ indexes: string[]; scannedWhole: string[] }> {
  const client = openClient(loginUrl(databases.environment, "console_app"), { max: 1, applicationName: "tests" });
  try {
    const nodes = await client.begin(async (transaction) => {
      const [row] = await transaction.unsafe(`explain (analyze, format json) ${query}`, params as never[]);
      return flatten(row?.["QUERY PLAN"][0].Plan);
    });
    return {
      indexes: nodes.flatMap((node) => node["Index Name"] ?? []),
      scannedWhole: nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : [])),
    };
  } finally {
    await client.end();
  }
}

async function explainSent(read: (db: ConsoleDatabase) => Promise<unknown>) {
  const sent: { query: string; params: unknown[] }[] = [];
  await onConsole("console_app", read, (query, params) => void sent.push({ query, params }));
  expect(sent).toHaveLength(1);
  const [{ query, params }] = sent as [{ query: string; params: unknown[] }];
  return explain(query, params);
}

test.each<[string, (db: ConsoleDatabase) => Promise<unknown>, string]>([
  ["what is open", (db) => listOpenAlarms(db, { limit: 500 }), "alarms_open_idx"],
  [
    "what ended in a day",
    (db) => listEndedAlarms(db, { since: new Date(+now - 86_400_000), limit: 51 }),
    "alarms_ended_at_id_idx",
  ],
  [
    "a page far back",
    (db) => listEndedAlarms(db, { before: { endedAt: new Date(+now - 60 * 86_400_000), id: 7 }, limit: 51 }),
    "alarms_ended_at_id_idx",
  ],
  ["one alarm", (db) => getAlarm(db, 77), "alarms_pkey"],
])("%s is read by its index", async (_, read, index) => {
  const { indexes, scannedWhole } = await explainSent(read);
  expect(indexes).toContain(index);
  expect(scannedWhole).not.toContain("alarms");
});

test("the revision reads one row and no alarm", async () => {
  const { scannedWhole } = await explainSent(readAlarmRevision);
  expect(scannedWhole).toEqual(["alarm_clock"]);
});

test("a judgement and the pruning read no alarm but those that they may change", async () => {
  const sent: string[] = [];
  const values: unknown[][] = [];
  const client = openClient(loginUrl(databases.environment, "console_app"), { max: 1, applicationName: "tests" });
  client.options.debug = (_: number, query: string, params: unknown[]) => {
    if (!/\balarms\b/.test(query) || !/^\s*(select|delete)/.test(query)) return;
    sent.push(query);
    values.push(params);
  };
  try {
    await client.begin((transaction) => recordJudgement(transaction as never, { board: [], asOf: now }));
    await pruneRecords.run({
      write: (work: (sql: Sql) => Promise<unknown>) => client.begin((transaction) => work(transaction as never)),
      slot: now,
    } as unknown as Parameters<typeof pruneRecords.run>[0]);
  } finally {
    await client.end();
  }
  expect(sent).toHaveLength(2);
  for (const [index, query] of sent.entries()) {
    const { indexes, scannedWhole } = await explain(query, values[index] as unknown[]);
    expect(indexes).toContain("alarms_ended_at_id_idx");
    expect(scannedWhole).toEqual([]);
  }
});

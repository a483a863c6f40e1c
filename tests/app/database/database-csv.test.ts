import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { auditEvents } from "../../../db/console/schema";
import { loginUrl } from "../../../db/environment";
import { startTestConsole, type TestConsole } from "../../support/console";
import { until } from "../../support/until";

let ops: TestConsole;
let session: string;
let app: Sql;
const hourAgo = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000);

beforeAll(async () => {
  ops = await startTestConsole();
  session = await ops.signIn("dba");
  app = openClient(loginUrl(ops.environment, "console_app"), { max: 1, applicationName: "tests" });
  for (const at of [new Date(Date.now() - 86_400_000), new Date()]) await app`select turn_sample_partitions(${at})`;
});
afterAll(async () => {
  await app?.end();
  await ops?.close();
});

const ask = (path: string) => ops.ask(`/database/${path}`, { session });

/** The lines below the header, without the last one, which counts them. */
async function linesOf(path: string): Promise<{ text: string; rows: string[] }> {
  const answer = await ask(path);
  expect(answer.status, path).toBe(200);
  const text = await answer.text();
  const [, table = "", end = ""] = text.split("\r\n\r\n");
  const rows = table.split("\r\n").slice(1).filter(Boolean);
  expect(end).toBe(`End of export,${rows.length}\r\n`);
  return { text, rows };
}

test("a file of a panel tells what it holds, runs in no spreadsheet, and is on record", async () => {
  const url = ops.environment.DATABASE_URL as string;
  const client = openClient(url, { max: 1, applicationName: '=HYPERLINK("http://x")' });
  await client`select 1`;
  const { text, rows } = await linesOf("connections-by-client.csv");
  await client.end();
  expect(text.startsWith("SecuryFlex database panel\r\nExported,")).toBe(true);
  expect(text).toContain("Panel,Connections by client\r\n");
  expect(text).toContain("Unknown,an empty cell\r\n");
  expect(rows.join("\n")).toContain(`"'=HYPERLINK(""http://x"")"`);
  const recorded = () => ops.db.select().from(auditEvents).where(eq(auditEvents.action, "database.export"));
  await until(async () => (await recorded()).length === 2);
  expect(await recorded()).toMatchObject([
    { outcome: "intent", target: "connections-by-client" },
    { outcome: "done", details: { rows: rows.length } },
  ]);
});

test("the history of all rows, or of one, is whole and each sample stands in it once", async () => {
  await app`
    insert into panel_samples (resolution_seconds, sampled_at, panel, subject, measured)
    select 3600, ${hourAgo}::timestamptz + minute * interval '1 minute', 'transaction-id-age', 'base ' || number,
           jsonb_build_object('xidAge', number * 1000 + minute)
    from generate_series(1, 90) as number, generate_series(0, 49) as minute`;
  const all = await linesOf("transaction-id-age/history.csv?range=6h");
  expect(all.text).toContain("Resolution,one sample each 3600 seconds\r\n");
  expect(new Set(all.rows).size).toBe(4_500);
  expect(all.rows).toHaveLength(4_500);
  const one = await linesOf("transaction-id-age/history.csv?range=6h&row=base+7");
  expect(one.rows.map((row) => row.split(",")[2])).toEqual(
    Array.from({ length: 50 }, (_, minute) => `${7000 + minute}`),
  );
});

test("the file of statements holds all that match, more than a page shows, and no literal", async () => {
  await app`
    insert into statement_texts (query_id, text, first_seen_at)
    select number, case number when 1 then 'alter role app password ''hush''' else 'select $1 + ' || number end, now()
    from generate_series(1, 300) as number`;
  await app`
    insert into statement_deltas
    select 60, ${hourAgo}, number, 'app', 10, number, 0, 0, 0, 0 from generate_series(1, 300) as number`;
  const { text, rows } = await linesOf("statements.csv?range=6h&by=calls");
  expect(rows).toHaveLength(300);
  expect(text).toContain("Statements that matched,300\r\n");
  expect(text).toContain('Before,"not known whole, so no change is told"');
  expect(text).toContain("alter role app password …");
  expect(text).not.toContain("hush");
  expect(text).not.toContain("+ 17");
  const page = await (await ask("statements?range=6h&by=calls")).text();
  expect(page).not.toContain("hush");
});

test("an address that cannot be meant whole exports nothing, nor does another role", async () => {
  const refused = [
    ["statements.csv?by=price", 400],
    ["statements.csv?change=worse", 400],
    ["statements.csv?range=own&from=2026-11-22T10:00&until=2026-11-22T09:00", 400],
    ["transaction-id-age/history.csv?range=century", 400],
    ["nothing.csv", 404],
    ["invalid-indexes/history.csv", 404],
  ] as const;
  for (const [path, status] of refused) expect((await ask(path)).status, path).toBe(status);
  const support = await ops.signIn("support");
  expect((await ops.ask("/database/statements.csv", { session: support })).status).toBe(403);
  expect((await ops.ask("/database/relation-sizes.csv")).status).toBe(401);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

import { judgeChain } from "../../../app/audit/judge-chain";
import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import { getLatestVerification } from "../../../db/console/get-latest-verification";
import * as schema from "../../../db/console/schema";
import { loginUrl } from "../../../db/environment";
import { anchorAudit } from "../../../db/jobs/anchor-audit";
import { verifyAudit } from "../../../db/jobs/verify-audit";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { playWorker } from "../../support/play-worker";

let databases: TestDatabases;
let owner: Sql;
let db: ConsoleDatabase;
let folder: string;
let minute = Math.floor(Date.now() / 60_000) * 60_000;

beforeAll(async () => {
  databases = await cloneDatabases();
  folder = await mkdtemp(join(tmpdir(), "anchors-"));
  for (const [name, value] of Object.entries(databases.environment)) vi.stubEnv(name, value as string);
  vi.stubEnv("AUDIT_ANCHOR_FILE", join(folder, "anchors.jsonl"));
  owner = openClient(loginUrl(databases.environment, "console_owner"), { max: 1, applicationName: "tests" });
  db = drizzle(owner, { schema });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await owner.end();
  await rm(folder, { recursive: true });
  await databases.drop();
});

const act = () => owner`insert into audit_events (action, outcome) values ('test.act', 'done')`;

async function verify(...before: (typeof anchorAudit)[]) {
  minute += 60_000;
  await playWorker(databases.environment, [...before, verifyAudit], [new Date(minute)]);
  const found = await getLatestVerification(db);
  return { found, ...judgeChain(found ?? null, new Date()) };
}

test("the state of the trail is unknown, whole without an anchor, whole, and not whole once it was written to", async () => {
  expect(judgeChain((await getLatestVerification(db)) ?? null, new Date()).severity).toBe("unknown");
  await act();
  expect(await verify()).toMatchObject({ severity: "warning", found: { anchorCount: 0, faults: [] } });
  await act();
  const whole = await verify(anchorAudit);
  expect(whole).toMatchObject({ severity: "ok", found: { anchorCount: 1, faults: [] } });
  const later = new Date(Date.now() + 4 * 3_600_000);
  expect(judgeChain(whole.found ?? null, later).severity).toBe("unknown");

  await owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update audit_events set reason = 'another' where id = (select max(id) from audit_events)`;
  });
  const broken = await verify();
  expect(broken.severity).toBe("critical");
  expect(broken.found?.faults.join()).toMatch(/is not what was written/);
});

test("a line that somebody wrote into the file of anchors is a fault of the trail", async () => {
  await writeFile(join(folder, "anchors.jsonl"), "{}\n");
  expect((await verify()).found?.faults[0]).toMatch(/^Line 1 of .* is no anchor/);
});

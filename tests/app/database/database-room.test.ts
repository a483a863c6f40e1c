import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { recordPanelReading } from "../../../db/database/record-panel-reading";
import { loginUrl } from "../../../db/environment";
import { connectionSaturation } from "../../../db/panels/connection-saturation";
import { relationSizes } from "../../../db/panels/relation-sizes";
import { waitEvents } from "../../../db/panels/wait-events";
import { startTestConsole, type TestConsole } from "../../support/console";

const token = "a token for the tests alone";
let ops: TestConsole;
let session: string;
let app: Sql;

beforeAll(async () => {
  ops = await startTestConsole({ variables: { METRICS_TOKEN: token } });
  session = await ops.signIn("dba");
  app = openClient(loginUrl(ops.environment, "console_app"), { max: 1, applicationName: "tests" });
  const slot = new Date();
  await app`select turn_sample_partitions(${slot})`;
  const rows = [{ used: 95, available: 100, usedRatio: 0.95 }];
  const reading = { state: "read" as const, readAt: slot, tookMilliseconds: 4, rows, isCut: false };
  await recordPanelReading(app, { panel: connectionSaturation, reading, slot });
});
afterAll(async () => {
  await app?.end();
  await ops?.close();
});

const textOf = async (path: string) =>
  (await (await ops.ask(path, { session })).text())
    .replace(/<script[\s\S]*?<\/script>/g, "")
    .replace(/<!-- -->|<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("the overview tells what the worker found, and what it has not read yet", async () => {
  const text = await textOf("/database");
  expect(text).toContain("95 of 100 connections are used.");
  expect(text).toContain("critical");
  expect(text).toContain("not read yet");
  expect(text).toContain("not measured yet: only a restore that was carried out measures it");
});

test("a panel with hundreds of findings does not bury the others", async () => {
  await app`
    insert into findings (panel, subject, severity, sentence, value, began_at, last_seen_at)
    select 'sequences', n, 'warning', 'Number ' || n || ' runs out.', 0.9, now(), now() from generate_series(1, 300) as n`;
  const text = await textOf("/database");
  await app`delete from findings where panel = 'sequences'`;
  expect(text.match(/runs out\./g)).toHaveLength(20);
  expect(text).toMatch(/280 +more of/);
  expect(text).toContain("95 of 100 connections are used.");
});

test("a panel asks the server itself, once for however many look at the same time", async () => {
  const pages = await Promise.all(Array.from({ length: 6 }, () => textOf("/database/transaction-id-age")));
  for (const text of pages) expect(text).toContain("template0");
  for (const text of pages) expect(text).toMatch(/cost the server [\d.]+ m?s/);
  const readAt = new Set(pages.map((text) => text.match(/Read (\d+ \w+, [\d:]+)/)?.[1]));
  expect(readAt.size).toBe(1);
});

test("what sessions waited for is told with the number of samples, also of those in which nobody waited", async () => {
  const now = Date.now();
  for (const minutesAgo of [40, 30, 20, 10]) {
    const slot = new Date(now - minutesAgo * 60_000);
    await app`select turn_sample_partitions(${slot})`;
    const rows = minutesAgo > 20 ? [{ type: "Lock", event: "relation", backends: 3 }] : [];
    const reading = { state: "read" as const, readAt: slot, tookMilliseconds: 1, rows, isCut: false };
    await recordPanelReading(app, { panel: waitEvents, reading, slot });
  }
  expect(await textOf("/database/wait-events?range=1h")).toMatch(
    /Backends over 4 samples .* Lock · relation 1\.50 100 ?% 3 2 of 4 /,
  );
});

test("a size is told ahead from the days that were measured, and not at all from too few", async () => {
  const mebibyte = 1024 ** 2;
  for (let daysAgo = 29; daysAgo >= 0; daysAgo -= 1) {
    const slot = new Date(Date.now() - daysAgo * 86_400_000);
    await app`select turn_sample_partitions(${slot})`;
    const rows = [
      { table: "public.grows", totalBytes: (1000 - 10 * daysAgo) * mebibyte, heapBytes: 1, indexBytes: 1 },
      ...(daysAgo < 5 ? [{ table: "public.young", totalBytes: 7, heapBytes: 1, indexBytes: 1 }] : []),
    ];
    const reading = { state: "read" as const, readAt: slot, tookMilliseconds: 1, rows, isCut: false };
    await recordPanelReading(app, { panel: relationSizes, reading, slot });
  }
  const grows = await textOf("/database/relation-sizes?range=7d&row=public.grows");
  expect(grows).toMatch(/Total in 30 days 1\.27 GiB 1\.27 GiB to 1\.27 GiB, as 8 of 10/);
  expect(grows).toMatch(/Told from 30 of 30 days the median is 10\.0 MiB a day/);
  const young = await textOf("/database/relation-sizes?range=7d&row=public.young");
  expect(young).toMatch(/Total ahead unknown told when 14 days/);
});

test("what is no panel is not found", async () => {
  for (const path of ["/database/nothing", "/database/__proto__", "/database/relation-sizes%20"]) {
    expect((await ops.ask(path, { session })).status, path).toBe(404);
  }
});

test("any range and row in the address is answered", async () => {
  for (const search of ["range=90d", "range=constructor", "range=", "row=nobody&range=1h"]) {
    expect((await ops.ask(`/database/connection-saturation?${search}`, { session })).status, search).toBe(200);
  }
});

test("a time from one moment until another is drawn as asked; one that cannot be is refused with its reason", async () => {
  const own = "range=own&from=2026-11-22T10:00&until=2026-11-22T09:00";
  for (const path of ["/database/connection-saturation", "/database/statements"]) {
    const answer = await ops.ask(`${path}?${own}`, { session });
    expect(answer.status, path).toBe(400);
    expect(await answer.text(), path).toContain("From is not before until.");
    const fitting = own.replace("T09:00", "T11:00").replaceAll("2026-11-22", yesterday());
    expect((await ops.ask(`${path}?${fitting}`, { session })).status, path).toBe(200);
  }
});

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

test("/metrics opens to the token alone, and tells what was read", async () => {
  const ask = (authorization?: string) =>
    fetch(`${ops.url}/metrics`, { headers: authorization ? { authorization } : {} });
  expect((await ask()).status).toBe(401);
  expect((await ask("Bearer guess")).status).toBe(401);
  expect((await ops.ask("/metrics", { session })).status).toBe(401);
  const answer = await ask(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain('securyflex_panel_findings{panel="connection-saturation",severity="critical"} 1');
  expect(text).toContain("securyflex_connection_saturation_used_ratio 0.95");
  expect(text).not.toContain("securyflex_wal_written");
});

import { once } from "node:events";

import { afterAll, beforeAll, expect, test } from "vitest";

import { freePort } from "../../../db/local/free-port";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { runCommand } from "../../support/started-console";
import { until } from "../../support/until";

let databases: TestDatabases;
let port: number;
let command: ReturnType<typeof runCommand>;

beforeAll(async () => {
  databases = await cloneDatabases();
  port = await freePort();
  command = open(["--port", String(port)]);
  await until(() => command.output().includes("Ctrl-C ends it."), { withinSeconds: 30 });
});
afterAll(async () => {
  const ended = once(command.child, "exit");
  command.child.kill("SIGTERM");
  await ended;
  await databases.drop();
});

const open = (words: string[]) =>
  runCommand(process.execPath, ["--import", "tsx", "db/database/studio-command.ts", ...words], {
    cwd: process.cwd(),
    variables: databases.environment as Record<string, string>,
  });
const ask = (sql: string, origin: string | undefined) =>
  fetch(`http://127.0.0.1:${port}/`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(origin ? { origin } : {}) },
    body: JSON.stringify({ type: "proxy", data: { sql, params: [], method: "all" } }),
  });
const studio = "https://local.drizzle.studio";

test("the studio reads as console_read, and changes nothing", async () => {
  expect(command.output()).toContain("as console_read, which can read and change nothing");
  expect(await (await ask("select current_user as name", studio)).json()).toEqual([{ name: "console_read" }]);
  const refused = await (await ask("delete from shifts", studio)).text();
  expect(refused).toContain("read-only transaction");
});

test("no other page of the browser gets an answer, though Drizzle would give it one", async () => {
  for (const origin of ["https://elsewhere.example", "https://local.drizzle.studio.example", undefined]) {
    await expect(ask("select 1", origin), origin).rejects.toThrow();
  }
});

test("a port that is taken is a sentence", async () => {
  const second = open(["--port", String(port)]);
  const [code] = await once(second.child, "exit");
  expect(code).toBe(1);
  expect(second.output()).toContain(`port ${port} is taken`);
});

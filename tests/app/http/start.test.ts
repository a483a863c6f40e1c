import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, rmdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { freePort, isFree } from "../../../db/local/free-port";
import { listProcessesOf, makeEmptyClone } from "../../support/empty-clone";
import { runCommand, type StartedConsole, startCommand } from "../../support/started-console";
import { until } from "../../support/until";

let folder: string;
let remove: () => void;
let port: number;

beforeAll(async () => {
  ({ folder, remove } = makeEmptyClone());
  port = await freePort();
});

afterAll(async () => {
  await until(() => listProcessesOf(folder).length === 0, { withinSeconds: 30 });
  remove();
});

const npmStart = (withinSeconds: number) =>
  startCommand("npm", ["start"], { cwd: folder, withinSeconds, variables: { PORT: String(port) } });

async function countShifts(): Promise<number> {
  const { DATABASE_URL } = JSON.parse(readFileSync(join(folder, ".local/environment.json"), "utf8"));
  const sql = openClient(DATABASE_URL, { max: 1, applicationName: "tests" });
  const [row] = await sql<{ count: number }[]>`select count(*)::integer as count from shifts`;
  await sql.end();
  return row?.count ?? 0;
}

async function signIn({ url, emails, password }: StartedConsole, role: string): Promise<Response> {
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: url, "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ email: emails[role] ?? "", password }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  return fetch(new URL(answer.headers.get("location") ?? "/", url), { headers: { Cookie: cookie } });
}

async function expectNothingLeft(): Promise<void> {
  await until(() => listProcessesOf(folder).length === 0, { withinSeconds: 10 });
  expect(await isFree(port)).toBe(true);
}

async function runToEnd(variables: Record<string, string>): Promise<{ code: number; said: string }> {
  const { child, output } = runCommand("npm", ["start", "--silent"], { cwd: folder, variables });
  const [code] = await once(child, "close");
  return { code, said: output().trim() };
}

let shifts: number;

test("in an empty clone one command installs, fills, builds and serves; Ctrl-C leaves nothing running", async () => {
  const started = await npmStart(600);
  expect(started.url).toBe(`http://127.0.0.1:${port}`);
  expect(Object.keys(started.emails).sort()).toEqual(["admin", "dba", "manager", "ops", "support"]);
  const page = await signIn(started, "ops");
  expect(new URL(page.url).pathname).toBe("/live");
  expect(await page.text()).toContain("ops@securyflex.example");
  shifts = await countShifts();
  expect(shifts).toBeGreaterThan(1_000);

  process.kill(-(started.child.pid as number), "SIGINT");
  expect(await once(started.child, "exit")).toEqual([0, null]);
  await expectNothingLeft();
}, 700_000);

test("a second start is ready within twenty seconds and keeps the data; npm alone passes a signal on", async () => {
  const started = await npmStart(20);
  expect(await countShifts()).toBeGreaterThanOrEqual(shifts);
  expect((await signIn(started, "admin")).status).toBe(200);

  started.child.kill("SIGINT");
  expect(await once(started.child, "exit")).toEqual([0, null]);
  await expectNothingLeft();
});

test("another start in the same folder says that one is running, and leaves it alone", async () => {
  const started = await npmStart(60);
  const { code, said } = await runToEnd({});
  expect([code, said]).toEqual([
    1,
    expect.stringMatching(/^The console of this folder is already running, as process \d+\..*$/),
  ]);
  expect((await fetch(`${started.url}/healthz`)).status).toBe(200);

  started.child.kill("SIGTERM");
  await once(started.child, "exit");
  await expectNothingLeft();
});

test("when npm is killed, the console ends by itself", async () => {
  const started = await npmStart(60);
  started.child.kill("SIGKILL");
  await expectNothingLeft();
});

test("a start that is stopped half-way leaves nothing running", async () => {
  const { child, output } = runCommand("npm", ["start"], { cwd: folder, variables: { PORT: String(port) } });
  await until(() => /^✓ PostgreSQL/m.test(output()), { withinSeconds: 60 });
  process.kill(-(child.pid as number), "SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
  await expectNothingLeft();
});

test("a start that fails half-way says one sentence and leaves nothing running", async () => {
  const password = join(folder, ".local/password");
  renameSync(password, `${password}.kept`);
  mkdirSync(password);
  const { code, said } = await runToEnd({ PORT: String(port) });
  rmdirSync(password);
  renameSync(`${password}.kept`, password);
  expect(code).toBe(1);
  expect(said.split("\n").at(-1)).toMatch(/^The console stopped: EISDIR.*DEBUG=1/);
  expect(said).not.toMatch(/^\s+at /m);
  await expectNothingLeft();
});

test("a port that is taken is said in one sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port: taken } = other.address() as { port: number };
  expect(await runToEnd({ PORT: String(taken) })).toEqual({
    code: 1,
    said: `The console did not start: port ${taken} of 127.0.0.1 is taken or not permitted. Stop what uses it, or give another PORT.`,
  });
  other.close();
  await expectNothingLeft();
});

test("a database that does not answer is said in one sentence, without its password", async () => {
  const nowhere = `127.0.0.1:${await freePort()}`;
  const variables = {
    PORT: String(port),
    DATABASE_URL: `postgres://owner:sesame@${nowhere}/securyflex`,
    CONSOLE_SECRET: "forty characters that nobody else has....",
  };
  const { code, said } = await runToEnd(variables);
  expect([code, said]).toEqual([1, expect.stringMatching(/^The console did not start: .*refuses connections\..*$/)]);
  expect(said).toContain(nowhere);
  expect(said).not.toContain("sesame");
  await expectNothingLeft();
});

test("a setting that is malformed is said in one sentence", async () => {
  expect(await runToEnd({ PORT: "http", SIMULATOR: "fast" })).toEqual({
    code: 1,
    said: "The console did not start: PORT is not a number from 1 to 65535; SIMULATOR is not off, 1x, 10x or 60x.",
  });
});

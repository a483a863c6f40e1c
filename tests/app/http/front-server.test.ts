import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { openClient } from "../../../db/connections";

import { startTestConsole, type TestConsole, testPassword } from "../../support/console";
import { sendRaw } from "../../support/raw-request";
import { databaseUrl } from "../../support/templates";
import { until } from "../../support/until";

let ops: TestConsole;
let session: string;

beforeAll(async () => {
  ops = await startTestConsole({ variables: { CONSOLE_ORIGIN: "https://ops.securyflex.example" } });
  session = await ops.signIn("ops");
});
afterAll(() => ops?.close());

/** One GET with headers that a browser would not send. */
const get = (path: string, headers: string[]) =>
  sendRaw(ops.url, `GET ${path} HTTP/1.1\r\n${headers.join("\r\n")}\r\nConnection: close\r\n\r\n`);
const statusOf = (answer: string) => Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1]);

test("the process says that it lives, and that it is ready, also by its bare address", async () => {
  expect(statusOf(await get("/healthz", ["Host: 10.1.2.3:3000"]))).toBe(200);
  const ready = await ops.ask("/readyz");
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", reasons: [] }]);
});

test("a server whose database lacks a migration is not ready, and says which", async () => {
  const name = new URL(ops.environment.CONSOLE_DATABASE_URL as string).pathname.slice(1);
  const owner = openClient(databaseUrl(inject("serverUrl"), name), { max: 1, applicationName: "tests" });
  try {
    const [row] = await owner`
      delete from console_migrations.ledger where version = (select max(version) from console_migrations.ledger)
      returning *`;
    const ready = await ops.ask("/readyz");
    expect([ready.status, (await ready.json()).reasons]).toEqual([
      503,
      [expect.stringMatching(/^The console's database lacks \d{4}_\w+\. Run npm run db:migrate\.$/)],
    ]);
    await owner`insert into console_migrations.ledger ${owner(row as Record<string, string>)}`;
  } finally {
    await owner.end();
  }
  expect((await ops.ask("/readyz")).status).toBe(200);
});

test("somebody signed out is led to the sign-in page and back, and only to a page of the console", async () => {
  const answer = await ops.ask("/account?ended=1");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/sign-in?to=%2Faccount%3Fended%3D1"]);
  const leads = async (to: string) => {
    const body = new URLSearchParams({ email: ops.staff.ops.email, password: testPassword });
    const signedIn = await ops.ask(`/sign-in?to=${encodeURIComponent(to)}`, { method: "POST", body });
    return signedIn.headers.get("location");
  };
  expect(await leads("/account?ended=1")).toBe("/account?ended=1");
  for (const foreign of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    expect(await leads(foreign)).toBe("/live");
  }
});

test("whoever is signed in already is led past the sign-in page", async () => {
  const answer = await ops.ask("/sign-in?to=%2Faccount", { session });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/account"]);
});

test("every answer carries the headers of a closed console; a page of somebody signed in is not kept", async () => {
  const paths = ["/account", "/sign-in", "/healthz", "/no/such/page", "/%", "/__manifest?p=/a", "/assets/none.js"];
  for (const path of paths) {
    const { headers } = await ops.ask(path, { session });
    const seen = Object.fromEntries(headers);
    expect([path, seen]).toEqual([
      path,
      expect.objectContaining({
        "content-security-policy": expect.stringMatching(/script-src 'self' 'nonce-[\w+/]{22}=='/),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": expect.stringContaining("geolocation=()"),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
    ]);
    expect(headers.has("x-powered-by")).toBe(false);
    expect(headers.has("access-control-allow-origin")).toBe(false);
  }
});

test("the nonce of the policy is that of the page's scripts, and no page has the nonce of another", async () => {
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const page = await ops.ask("/account", { session });
      const [, nonce] = page.headers.get("content-security-policy")?.match(/'nonce-([^']+)'/) ?? [];
      const scripts = (await page.text()).match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
      return nonce;
    }),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
});

test("files of the build are kept for ever, and come compressed", async () => {
  const [path] = (await (await ops.ask("/sign-in")).text()).match(/\/assets\/[\w.-]+\.js/) ?? [];
  const file = await ops.ask(path as string, { headers: { "Accept-Encoding": "br" } });
  expect(file.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(file.headers.get("content-encoding")).toBe("br");
});

test("the console answers to its own names alone", async () => {
  for (const host of ["evil.example", "ops.securyflex.example.evil.example", "127.0.0.1@evil.example", "a b", ""]) {
    expect([host, statusOf(await get("/sign-in", [`Host: ${host}`]))]).toEqual([
      host,
      expect.toSatisfy((s) => s >= 400 && s < 500),
    ]);
  }
  expect(statusOf(await get("/sign-in", ["Host: localhost:3000"]))).toBe(200);
});

test("over its https origin the console asks for https and hands out a cookie of this host alone", async () => {
  const body = new URLSearchParams({ email: ops.staff.ops.email, password: testPassword }).toString();
  const answer = await sendRaw(
    ops.url,
    `POST /sign-in HTTP/1.1\r\nHost: ops.securyflex.example\r\nOrigin: https://ops.securyflex.example\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 302/);
  expect(answer).toMatch(/strict-transport-security: max-age=31536000/i);
  expect(answer).toMatch(
    /set-cookie: __Host-session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure/i,
  );
});

test("a proxy that rewrites the host is no attack, as long as the browser's origin is ours", async () => {
  const answer = await ops.ask("/sign-out", { method: "POST", headers: { Origin: "https://ops.securyflex.example" } });
  expect(answer.status).toBe(302);
});

test("what a stranger forwards or claims is not believed", async () => {
  const { host } = new URL(ops.url);
  const claims = ["X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.7"];
  const answer = await get("/account", [`Host: ${host}`, "X-Request-Id: mine", "Forwarded: for=1.1.1.1", ...claims]);
  expect(answer).toMatch(/^HTTP\/1\.1 302/);
  expect(answer).not.toMatch(/evil\.example|strict-transport|x-request-id: mine/i);
  const [, requestId] = answer.match(/x-request-id: (\S+)/i) ?? [];
  await until(() => ops.log.some((line) => line.requestId === requestId));
  expect(ops.log.find((line) => line.requestId === requestId)).toMatchObject({
    address: "127.0.0.1",
    path: "/account",
  });
});

test("each answer is one line of the log: who, what, how long, without query or cookie", async () => {
  const answer = await ops.ask("/account?ended=1&secret=hush", { session });
  await answer.text();
  const requestId = answer.headers.get("x-request-id");
  await until(() => ops.log.some((line) => line.requestId === requestId));
  expect(ops.log.filter((line) => line.requestId === requestId)).toEqual([
    expect.objectContaining({
      level: "info",
      staffId: ops.staff.ops.id,
      method: "GET",
      path: "/account",
      status: 200,
      durationMs: expect.any(Number),
    }),
  ]);
  expect(JSON.stringify(ops.log)).not.toMatch(/hush|session=/);
});

test("a refusal speaks JSON to a program and a page to a browser", async () => {
  const program = await ops.ask("/%", { headers: { Accept: "application/json" } });
  expect(await program.json()).toMatchObject({ title: "Address not understood" });
  const browser = await ops.ask("/%", { headers: { Accept: "text/html" } });
  expect(await browser.text()).toContain("<h1>Address not understood</h1>");
});

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";

import { limitConcurrency, limits } from "../../../app/http/limits.server";
import { startTestConsole, type TestConsole } from "../../support/console";
import { openRaw, readAll, sendRaw } from "../../support/raw-request";
import { until } from "../../support/until";

let ops: TestConsole;
let host: string;

beforeAll(async () => {
  ops = await startTestConsole();
  host = new URL(ops.url).host;
});
afterAll(() => ops?.close());

const statusOf = (answer: string) => Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1]);
const head = (lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;
const form = (more: string[]) => head([`POST /sign-in HTTP/1.1`, `Host: ${host}`, `Origin: ${ops.url}`, ...more]);

test("a storm of /__manifest requests neither runs nor holds up anybody more than requests for nothing do", async () => {
  const bomb = `/__manifest?version=1&${Array.from({ length: 600 }, (_, n) => `p=${"/a".repeat(4)}${n}`).join("&")}`;
  const sizes = [bomb.slice(0, 7_400), bomb.slice(0, limits.urlCharacters - 1), "/__manifest?p=/a"];
  const harmless = await storm(sizes.map((path) => path.replace("/__manifest", "/assets/none")));
  const manifest = await storm(sizes);
  expect(manifest.statuses).toEqual(new Set([404, 414]));
  // Remix alone takes more than 3 s of the event loop for each of the long ones: 80 of them, 240 s.
  expect(manifest.durationMs).toBeLessThan(Math.max(harmless.durationMs * 5, 10_000));
  expect(manifest.medianLatencyMs).toBeLessThan(Math.max(harmless.medianLatencyMs * 5, 500));
});

/** 120 requests at once, and how long the probe of the server's health waits meanwhile. */
async function storm(paths: string[]) {
  const latencies: number[] = [];
  const startedAt = performance.now();
  let isOver = false;
  const watch = (async () => {
    while (!isOver) {
      const askedAt = performance.now();
      await (await ops.ask("/healthz")).text();
      latencies.push(performance.now() - askedAt);
    }
  })();
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async (_, n) => {
      const answer = await ops.ask(paths[n % paths.length] as string);
      await answer.text();
      return answer.status;
    }),
  );
  isOver = true;
  await watch;
  return {
    statuses: new Set(statuses),
    durationMs: performance.now() - startedAt,
    medianLatencyMs: latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length / 2)] as number,
  };
}

test("above the number of requests that it answers at once, a server says so and asks to come back", async () => {
  const app = express();
  const waiting: express.Response[] = [];
  app.use(limitConcurrency(2));
  app.get("/", (_req, res) => void waiting.push(res));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const first = [fetch(url), fetch(url)];
  await until(() => waiting.length === 2);
  const third = await fetch(url);
  expect([third.status, third.headers.get("retry-after")]).toEqual([503, "2"]);
  waiting.splice(0).forEach((res) => void res.end());
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
  const later = fetch(url);
  await until(() => waiting.length === 1);
  waiting[0]?.end();
  expect((await later).status).toBe(200);
  server.closeAllConnections();
  server.close();
});

test("an address, a header or a number of headers beyond all need is refused", async () => {
  expect((await ops.ask(`/shifts?q=${"a".repeat(limits.urlCharacters)}`)).status).toBe(414);
  const many = Array.from({ length: limits.headers + 5 }, (_, n) => `X-${n}: 1`);
  expect(
    statusOf(await sendRaw(ops.url, head(["GET /sign-in HTTP/1.1", `Host: ${host}`, "Connection: close", ...many]))),
  ).toBe(431);
  const large = `X-Large: ${"a".repeat(limits.headerBytes)}`;
  expect(statusOf(await sendRaw(ops.url, head(["GET /sign-in HTTP/1.1", `Host: ${host}`, large])))).toBe(431);
});

test("a body beyond the limit is refused, announced or in chunks", async () => {
  const size = limits.bodyBytes + 1;
  const announced = await sendRaw(ops.url, form([`Content-Length: ${size}`]) + "a".repeat(1_000));
  expect(statusOf(announced)).toBe(413);
  const socket = await openRaw(ops.url);
  const answer = readAll(socket);
  socket.write(form(["Transfer-Encoding: chunked"]));
  const chunk = `${(65_536).toString(16)}\r\n${"a".repeat(65_536)}\r\n`;
  for (let sent = 0; sent < size; sent += 65_536) socket.write(chunk);
  expect(statusOf(await answer)).toBe(413);
});

test("a body that is compressed, cut off or no form is refused, and the next one is read", async () => {
  const gzip = await sendRaw(
    ops.url,
    `${form(["Content-Encoding: gzip", "Content-Length: 4", "Connection: close"])}abcd`,
  );
  expect(statusOf(gzip)).toBe(415);
  await sendRaw(ops.url, `${form(["Content-Length: 40"])}email=`, 300);
  for (const [contentType, body] of [
    ["application/json", "{"],
    ["multipart/form-data; boundary=x", "--x\r\nnonsense"],
    ["multipart/form-data", "no boundary"],
    ["text/plain", "email=a"],
    ["", ""],
  ] as const) {
    const answer = await ops.ask("/sign-in", { method: "POST", body, headers: { "Content-Type": contentType } });
    expect([contentType, answer.status]).toEqual([contentType, 400]);
  }
  const body = new URLSearchParams({ email: ops.staff.ops.email, password: "not it" });
  expect((await ops.ask("/sign-in", { method: "POST", body })).status).toBe(422);
});

test("a client that sends headers or body drop by drop is cut off, and others are served meanwhile", async () => {
  const drip = async (opening: string) => {
    const startedAt = performance.now();
    const socket = await openRaw(ops.url);
    let isClosed = false;
    const answer = readAll(socket).finally(() => {
      isClosed = true;
    });
    socket.write(opening);
    while (!isClosed && performance.now() - startedAt < 40_000) {
      socket.write("a");
      await pause(250);
    }
    return { answer: statusOf(await answer), seconds: (performance.now() - startedAt) / 1000 };
  };
  const slowHeaders = drip(`GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `);
  const slowBody = drip(form(["Content-Length: 100000"]));
  expect((await ops.ask("/sign-in")).status).toBe(200);
  const cutOff = await slowHeaders;
  expect(cutOff.answer).toBe(408);
  expect(cutOff.seconds).toBeLessThan(limits.headersSeconds + 4);
  expect((await slowBody).seconds).toBeLessThan(limits.requestSeconds + 4);
});

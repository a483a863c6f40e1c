import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { projectDirectory } from "../../../db/environment";
import { type DatabaseServer, removeCluster, startCluster } from "../../../db/local/cluster";
import { runningServer } from "../../../db/local/data-directory";
import { until } from "../../support/until";

let directory: string;
const open: DatabaseServer[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "console-cluster-"));
});

afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
  removeCluster(directory);
});

async function start(): Promise<DatabaseServer> {
  const server = await startCluster({ directory, isDurable: false });
  if (!server) throw new Error("This machine has no PostgreSQL with PostGIS.");
  open.push(server);
  return server;
}

async function ask<Row>(url: string, statement: string): Promise<Row[]> {
  const sql = openClient(url, { max: 1, applicationName: "tests" });
  try {
    return (await sql.unsafe(statement)) as unknown as Row[];
  } finally {
    await sql.end();
  }
}

const home = () => JSON.parse(readFileSync(join(directory, "cluster.json"), "utf8")).home as string;
const data = () => join(home(), "data");
const portOf = (url: string) => Number(new URL(url).port);

test("an empty machine gets a server with PostGIS, checksums, statistics and logical decoding", async () => {
  const server = await start();
  expect(server.description).toMatch(/^PostgreSQL \d+\.\d+ with PostGIS \d+\.\d+$/);
  await ask(server.url, "create extension postgis; create extension pg_stat_statements");
  expect(
    await ask(
      server.url,
      `select name, setting from pg_settings where name in ('data_checksums', 'wal_level', 'listen_addresses',
       'unix_socket_directories', 'compute_query_id', 'track_io_timing', 'TimeZone') order by name collate "C"`,
    ),
  ).toEqual([
    { name: "TimeZone", setting: "UTC" },
    { name: "compute_query_id", setting: "on" },
    { name: "data_checksums", setting: "on" },
    { name: "listen_addresses", setting: "127.0.0.1" },
    { name: "track_io_timing", setting: "on" },
    { name: "unix_socket_directories", setting: "" },
    { name: "wal_level", setting: "logical" },
  ]);
});

test("nobody enters without the password, and nobody else reads the folder of the data", async () => {
  const server = await start();
  const stranger = new URL(server.url);
  stranger.password = "";
  await expect(ask(stranger.href, "select 1")).rejects.toThrow(/password/i);
  const { stdout } = spawn("stat", ["-c", "%a", home(), join(directory, "cluster.json")]);
  const [text] = await once(stdout, "data");
  expect(String(text)).toBe("700\n600\n");
});

test("a second start keeps rows and port", async () => {
  const first = await start();
  await ask(first.url, "create table kept as select 7 as number");
  await first.stop();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, "select number from kept")).toEqual([{ number: 7 }]);
});

test("a port that somebody took meanwhile is exchanged for another", async () => {
  const first = await start();
  await first.stop();
  const intruder = createServer().listen(portOf(first.url), "127.0.0.1");
  await once(intruder, "listening");
  const second = await start();
  expect(portOf(second.url)).not.toBe(portOf(first.url));
  expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  intruder.close();
});

test("a pid file that names another process, as after a restart of the machine, is no obstacle", async () => {
  await (await start()).stop();
  writeFileSync(join(data(), "postmaster.pid"), `${process.pid}\n${data()}\n0\n0\n\n127.0.0.1\n\n`, { mode: 0o644 });
  const server = await start();
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a cluster that was cut off while it was made is made anew", async () => {
  await (await start()).stop();
  rmSync(data(), { recursive: true });
  mkdirSync(join(home(), "data.half", "base"), { recursive: true });
  const server = await start();
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a server that runs is taken over with its sessions", async () => {
  const first = await start();
  const session = openClient(first.url, { max: 1, applicationName: "tests" });
  const [before] = await session`select pg_backend_pid() as pid`;
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await session`select pg_backend_pid() as pid`).toEqual([before]);
  await session.end();
});

test("the server goes with its process, however that ends", async () => {
  const script = `
    import { startCluster } from ${JSON.stringify(join(projectDirectory, "db/local/cluster.ts"))};
    await startCluster({ directory: ${JSON.stringify(directory)}, isDurable: false });
    process.kill(process.pid, "SIGKILL");`;
  const file = join(directory, "killed.mts");
  writeFileSync(file, script);
  const child = spawn(process.execPath, ["--import", "tsx", file], { cwd: projectDirectory, stdio: "inherit" });
  const [, signal] = await once(child, "exit");
  expect(signal).toBe("SIGKILL");
  await until(() => runningServer(data()) === undefined, { withinSeconds: 20 });
});

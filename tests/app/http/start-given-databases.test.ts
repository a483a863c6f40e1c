import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, expect, inject, test } from "vitest";

import type { Environment } from "../../../db/environment";
import { projectDirectory } from "../../../db/environment";
import { freePort } from "../../../db/local/free-port";
import { ensureBuild } from "../../support/build";
import { cloneDatabases, createEmptyDatabase } from "../../support/databases";
import { onDatabase } from "../../support/on-database";
import { runCommand, startCommand } from "../../support/started-console";
import { onServer, testSecret } from "../../support/templates";

const start = ["--import", "tsx", "app/http/start.server.ts"];
const untouched = join("/var/tmp", `console-untouched-${process.pid}`);

let port: string;
let drop: (() => Promise<void>)[];

beforeEach(async () => {
  await ensureBuild();
  port = String(await freePort());
  drop = [];
}, 240_000);
afterEach(async () => {
  for (const one of drop) await one();
});

/** What a serving process is given: where the databases are, and not how their owner signs in. */
function withoutOwner({
  DATABASE_URL,
  CONSOLE_DATABASE_URL,
  CONSOLE_SECRET = "",
}: Environment): Record<string, string> {
  const strip = (text = "") => {
    const url = new URL(text);
    url.username = "";
    url.password = "";
    return url.href;
  };
  return { DATABASE_URL: strip(DATABASE_URL), CONSOLE_DATABASE_URL: strip(CONSOLE_DATABASE_URL), CONSOLE_SECRET };
}

const settings = (variables: Record<string, string>) => ({
  cwd: projectDirectory,
  withinSeconds: 60,
  variables: { PORT: port, LOCAL_DIRECTORY: untouched, ...variables },
});

async function refused(variables: Record<string, string>): Promise<string> {
  const { child, output } = runCommand(process.execPath, start, settings(variables));
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  return output().trim();
}

async function stop(started: Awaited<ReturnType<typeof startCommand>>): Promise<void> {
  started.child.kill("SIGTERM");
  expect(await once(started.child, "exit")).toEqual([0, null]);
}

test("a database of one's own is served without its owner's password; nothing is filled, and no sign-in is known", async () => {
  const databases = await cloneDatabases();
  drop.push(databases.drop);
  const started = await startCommand(process.execPath, start, settings(withoutOwner(databases.environment)));
  expect((await fetch(`${started.url}/readyz`)).status).toBe(200);
  expect(started.emails).toEqual({});
  expect(started.password).toBe("");
  expect(started.output()).toContain("npm run staff -- add");
  expect(started.output()).not.toContain("lacks");
  await stop(started);
  await onDatabase(databases.environment.DATABASE_URL as string, async (sql) => {
    expect(await sql`select (select count(*) from shifts) + (select count(*) from users) as rows`).toEqual([
      { rows: "0" },
    ]);
  });
  expect(existsSync(untouched)).toBe(false);
});

test("what such a database lacks is said, feature by feature", async () => {
  const databases = await cloneDatabases();
  drop.push(databases.drop);
  await onDatabase(
    databases.environment.DATABASE_URL as string,
    (sql) => sql`drop publication if exists supabase_realtime`,
  );
  const started = await startCommand(process.execPath, start, settings(withoutOwner(databases.environment)));
  expect(started.output()).toMatch(/^! .+: (missing|limited)\. .*supabase_realtime/m);
  await stop(started);
});

test("a migration of SecuryFlex that is pending is named, and left to npm run db:migrate", async () => {
  const databases = await cloneDatabases();
  drop.push(databases.drop);
  const url = databases.environment.DATABASE_URL as string;
  const [row] = await onDatabase(
    url,
    (sql) => sql`
      delete from console_migrations.ledger
      where version = (select max(version) from console_migrations.ledger)
      returning name`,
  );
  const started = await startCommand(process.execPath, start, settings(withoutOwner(databases.environment)));
  expect(started.output()).toMatch(
    new RegExp(`^! The SecuryFlex database lacks \\d{4}_${row?.name}\\. Run npm run db:migrate\\.$`, "m"),
  );
  await stop(started);
  await onDatabase(url, async (sql) => {
    expect(await sql`select from console_migrations.ledger where name = ${row?.name}`).toEqual([]);
  });
});

test("a server without the console's database is refused in one sentence and left as it is", async () => {
  const empty = await createEmptyDatabase();
  drop.push(empty.drop);
  const said = await refused({ DATABASE_URL: empty.url, CONSOLE_SECRET: testSecret });
  expect(said).toMatch(
    /^The console did not start: its own database at \S+_console is not ready\. .* Run npm run db:migrate.*$/,
  );
  const name = new URL(empty.url).pathname.slice(1);
  const found = await onServer(
    inject("serverUrl"),
    (sql) => sql`select from pg_database where datname = ${`${name}_console`}`,
  );
  expect(found).toEqual([]);
});

test("without a secret the console says that it needs one", async () => {
  const empty = await createEmptyDatabase();
  drop.push(empty.drop);
  expect(await refused({ DATABASE_URL: empty.url })).toBe(
    "CONSOLE_SECRET is not set. Give the console one secret of 32 characters or more.",
  );
});

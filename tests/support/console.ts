import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";

import { hashPassword } from "../../app/auth/password-hash.server";
import { type Role, roles } from "../../app/auth/permissions";
import { type ConsoleDatabase, openClient } from "../../db/connections";
import * as consoleSchema from "../../db/console/schema";
import { addStaff } from "../../db/console/staff";
import { type Environment, loginUrl, projectDirectory } from "../../db/environment";
import { ensureBuild } from "./build";
import { type DatabaseProxy, openDatabaseProxy } from "./database-proxy";
import { cloneDatabases, type TestDatabases } from "./databases";

export type TestConsole = {
  url: string;
  /** The console's database, as the login that serves. */
  db: ConsoleDatabase;
  environment: Environment;
  /** Between the server and its databases. */
  proxy: DatabaseProxy;
  /** One account for each role. */
  staff: Record<Role, { id: string; email: string }>;
  /** Lines of its log, parsed. */
  log: Record<string, unknown>[];
  /** A request as a browser of the console sends it. */
  ask: (path: string, init?: RequestInit & { session?: string }) => Promise<Response>;
  /** Signs in with the password of all test accounts. Returns the cookie. */
  signIn: (role: Role) => Promise<string>;
  /** A second server on the same databases. */
  another: () => Promise<{ url: string; stop: () => Promise<void> }>;
  /** Asks the server to stop as a signal does; resolves when its process has ended. */
  stop: () => Promise<void>;
  /** Stops it and drops its databases. */
  close: () => Promise<void>;
};

export const testPassword = "quiet harbour lantern nine";

/** The production server on a free port with databases of its own and one account for each role. */
export async function startTestConsole({
  variables = {},
  through = (url) => url,
  databases: given,
}: {
  variables?: Record<string, string>;
  /** What stands between the proxy and the databases, such as a pooler. */
  through?: (url: string) => string;
  /** Migrated databases in place of clones; dropped with the console. */
  databases?: TestDatabases;
} = {}): Promise<TestConsole> {
  await ensureBuild();
  const databases = given ?? (await cloneDatabases());
  const client = openClient(loginUrl(databases.environment, "console_app"), { max: 2, applicationName: "tests" });
  const db = drizzle(client, { schema: consoleSchema });
  const staff = await addTestStaff(db);
  const proxy = await openDatabaseProxy(through(databases.environment.DATABASE_URL as string));
  const served = {
    ...databases.environment,
    DATABASE_URL: proxy.through(databases.environment.DATABASE_URL as string),
    CONSOLE_DATABASE_URL: proxy.through(databases.environment.CONSOLE_DATABASE_URL as string),
    ...variables,
  };
  const { child, url, log } = await startProcess(served);

  const ask: TestConsole["ask"] = (path, { session, headers, ...init } = {}) =>
    fetch(`${url}${path}`, {
      redirect: "manual",
      ...init,
      headers: { Origin: url, "Sec-Fetch-Site": "same-origin", ...(session ? { Cookie: session } : {}), ...headers },
    });
  const stop = () => stopProcess(child);
  return {
    url,
    db,
    proxy,
    environment: databases.environment,
    staff,
    log,
    ask,
    signIn: async (role) => {
      const body = new URLSearchParams({ email: staff[role].email, password: testPassword });
      const answer = await ask("/sign-in", { method: "POST", body });
      const cookie = answer.headers.get("set-cookie")?.split(";")[0];
      if (answer.status !== 302 || !cookie) throw new Error(`The ${role} was not signed in: ${answer.status}.`);
      return cookie;
    },
    another: async () => {
      const other = await startProcess(served);
      return { url: other.url, stop: () => stopProcess(other.child) };
    },
    stop,
    close: async () => {
      await stop();
      await Promise.all([client.end(), proxy.close()]);
      await databases.drop();
    },
  };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.send("close");
  await ended;
}

async function addTestStaff(db: ConsoleDatabase): Promise<TestConsole["staff"]> {
  const passwordHash = await hashPassword(testPassword);
  const members = await Promise.all(
    roles.map(async (role) => {
      const member = await addStaff(db, {
        email: `${role}@test.example`,
        fullName: `Test ${role}`,
        role,
        passwordHash,
      });
      return [role, { id: member.id, email: member.email }] as const;
    }),
  );
  return Object.fromEntries(members) as TestConsole["staff"];
}

async function startProcess(variables: Record<string, string | undefined>) {
  const child: ChildProcess = fork(join(projectDirectory, "tests/support/console-process.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, NODE_ENV: "production", ...variables },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log: Record<string, unknown>[] = [];
  const complaints: string[] = [];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => log.push(...readLines(text)));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`The console did not start: ${complaints.join("")}`);
    }),
  ]);
  return { child, url: (message as { url: string }).url, log };
}

function readLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

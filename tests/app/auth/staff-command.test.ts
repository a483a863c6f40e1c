import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { verify } from "@node-rs/argon2";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DemonstrationRefused, ensureDemonstrationStaff } from "../../../app/auth/demonstration-staff.server";
import { roles } from "../../../app/auth/permissions";
import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { getStaffByEmail } from "../../../db/console/staff";
import { loginUrl, projectDirectory } from "../../../db/environment";
import { startWorker } from "../../../db/jobs/worker";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let client: Sql;
let db: ConsoleDatabase;

beforeAll(async () => {
  databases = await cloneDatabases();
  client = openClient(loginUrl(databases.environment, "console_app"), { max: 2, applicationName: "tests" });
  db = drizzle(client, { schema: consoleSchema });
});
afterAll(async () => {
  await client?.end();
  await databases?.drop();
});

async function staffCommand(words: string[], { typed = "", variables = {} } = {}) {
  const command = spawn(
    process.execPath,
    ["--import", "tsx", join(projectDirectory, "app/auth/staff-command.server.ts"), ...words],
    {
      cwd: projectDirectory,
      env: { ...process.env, ...databases.environment, ...variables },
    },
  );
  command.stdin.end(typed);
  const [said, complained, [code]] = await Promise.all([
    text(command.stdout),
    text(command.stderr),
    once(command, "exit"),
  ]);
  return { code, said, complained };
}

test("demonstration accounts stand alone: one for each role, and none beside a real person", async () => {
  const accounts = await ensureDemonstrationStaff(db, "a demonstration password");
  expect(accounts.map(({ role }) => role)).toEqual([...roles]);
  expect(await ensureDemonstrationStaff(db, "another demonstration password")).toEqual(accounts);
  const member = await getStaffByEmail(db, accounts[0]?.email as string);
  expect(await verify(member?.passwordHash as string, "another demonstration password")).toBe(true);

  await staffCommand(["add", "real@securyflex.nl", "--name", "Real Person", "--role", "ops"]);
  await expect(ensureDemonstrationStaff(db, "x")).rejects.toBeInstanceOf(DemonstrationRefused);
});

test("the first admin is made with a passphrase that is shown once", async () => {
  const { code, said } = await staffCommand(["add", "First@Securyflex.nl", "--name", "First Admin", "--role", "admin"]);
  expect(code).toBe(0);
  expect(said).toContain("first@securyflex.nl was added as admin.");
  const [, passphrase] = said.match(/Passphrase, shown only now: (\S+)/) ?? [];
  const member = await getStaffByEmail(db, "first@securyflex.nl");
  expect(await verify(member?.passwordHash as string, passphrase as string)).toBe(true);
  const trail = await db.select().from(consoleSchema.auditEvents);
  expect(trail).toContainEqual(
    expect.objectContaining({ action: "staff.add", target: `staff:${member?.id}`, outcome: "done" }),
  );
  expect(JSON.stringify(trail)).not.toContain(passphrase);
});

test("a password that is typed is taken, unless it is one that everybody knows", async () => {
  const words = ["reset-password", "first@securyflex.nl", "--ask-password"];
  const common = await staffCommand(words, { typed: "password1234\n" });
  expect([common.code, common.complained]).toEqual([1, expect.stringContaining("most common passwords")]);
  const empty = await staffCommand(words, { typed: "" });
  expect([empty.code, empty.complained]).toEqual([1, expect.stringContaining("No password was typed")]);
  const chosen = await staffCommand(words, { typed: "nine slow rivers meet here\n" });
  expect([chosen.code, chosen.said]).toEqual([0, expect.stringContaining("0 sessions ended")]);
  expect(`${chosen.said}${chosen.complained}`).not.toContain("rivers");
  const member = await getStaffByEmail(db, "first@securyflex.nl");
  expect(await verify(member?.passwordHash as string, "nine slow rivers meet here")).toBe(true);
});

test("accounts are disabled, enabled and signed out by who may, on record as any operation", async () => {
  const { environment } = databases;
  const worker = await startWorker(environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
  try {
    await staffCommand(["add", "guest@securyflex.nl", "--name", "Guest", "--role", "ops"]);
    const guest = await getStaffByEmail(db, "guest@securyflex.nl");
    const ask = (word: string, as = "first@securyflex.nl") =>
      staffCommand([word, "guest@securyflex.nl", "--as", as, "--reason", "she has left"], {
        typed: "nine slow rivers meet here\n",
      });
    const disabled = await ask("disable");
    expect([disabled.code, disabled.said]).toEqual([
      0,
      expect.stringContaining("done: guest@securyflex.nl was disabled; 0 sessions ended."),
    ]);
    const again = await ask("disable");
    expect([again.code, again.complained]).toEqual([1, expect.stringContaining("It is disabled already.")]);
    expect((await ask("enable")).code).toBe(0);
    expect((await getStaffByEmail(db, "guest@securyflex.nl"))?.disabledAt).toBeNull();
    const own = await ask("disable", "guest@securyflex.nl");
    expect([own.code, own.complained]).toEqual([1, expect.stringContaining("does not have staff.change")]);
    const trail = await db.select().from(consoleSchema.auditEvents);
    const told = trail.filter(({ target }) => target === guest?.email).map(({ action, outcome }) => [action, outcome]);
    expect(told).toEqual([
      ["operation.disable-account", "intent"],
      ["operation.disable-account", "done"],
      ["operation.disable-account", "refused"],
      ["operation.enable-account", "intent"],
      ["operation.enable-account", "done"],
    ]);
  } finally {
    await worker.stop();
  }
}, 180_000);

test("a role changes from the next request on", async () => {
  expect((await staffCommand(["change-role", "first@securyflex.nl", "--role", "dba"])).said).toContain("is dba");
  expect((await getStaffByEmail(db, "first@securyflex.nl"))?.role).toBe("dba");
});

test.each([
  [[], 2, "Usage: npm run staff"],
  [["fly", "a@b.nl"], 2, '"fly" is no command'],
  [["add"], 2, "needs the email"],
  [["add", "nobody"], 2, "needs a valid email"],
  [["add", "a@b.nl", "--name", "A", "--role", "king"], 2, "--role (ops, support, manager, dba, admin)"],
  [["change-role", "first@securyflex.nl"], 2, "change-role needs --role"],
  [["list", "--color"], 2, "Usage: npm run staff"],
  [["disable", "first@securyflex.nl"], 2, "Name the account that asks with --as."],
  [["disable", "nobody@securyflex.nl"], 1, "There is no account nobody@securyflex.nl"],
  [["add", "first@securyflex.nl", "--name", "A", "--role", "ops"], 1, "there is an account with this email"],
])("%j ends with %i and a sentence", async (words, code, sentence) => {
  const answer = await staffCommand(words);
  expect([answer.code, answer.complained]).toEqual([code, expect.stringContaining(sentence)]);
  expect(answer.complained).not.toMatch(/\n\s+at |node_modules/);
});

test("without its database the command says so, without an address or a stack", async () => {
  const variables = { CONSOLE_DATABASE_URL: "postgres://console_app:hush@127.0.0.1:1/none" };
  const answer = await staffCommand(["list"], { variables });
  expect([answer.code, answer.complained]).toEqual([
    1,
    "The console's database does not answer. Nothing was changed.\n",
  ]);
});

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { loginUrl, projectDirectory } from "../../../db/environment";
import { consoleMigrations, readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import { prepareDatabases } from "../../../db/migrations/prepare";
import { onDatabase } from "../../support/on-database";
import { environmentOf, onServer } from "../../support/templates";

const name = `test_${randomBytes(5).toString("hex")}`;
const names = [name, `${name}_console`];
const counts = {
  SecuryFlex: readMigrations(securyflexMigrations).length,
  console: readMigrations(consoleMigrations).length,
};
let variables: Record<string, string>;

beforeAll(async () => {
  await onServer(inject("serverUrl"), (sql) => sql.unsafe(`create database ${name}`));
  const { DATABASE_URL, CONSOLE_SECRET } = environmentOf(inject("serverUrl"), name, `${name}_console`);
  variables = { DATABASE_URL: DATABASE_URL as string, CONSOLE_SECRET: CONSOLE_SECRET as string };
});
afterAll(() =>
  onServer(inject("serverUrl"), async (sql) => {
    for (const each of names) await sql.unsafe(`drop database if exists ${each} with (force)`);
  }),
);

/** `npm run db:migrate -- ...words`, with nothing of this process's own settings. */
function migrate(words: string[], settings: Record<string, string> = variables) {
  return new Promise<{ code: number | null; lines: string[]; complaint: string }>((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "db/migrations/command.ts", ...words], {
      cwd: projectDirectory,
      env: { NODE_ENV: "production", PATH: process.env.PATH, ...settings },
    });
    let [out, complaint] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    child.on("close", (code) => resolve({ code, lines: out.trim().split("\n"), complaint: complaint.trim() }));
  });
}

test("the command says what is pending, and ends with 3 for a deploy that asks", async () => {
  await onServer(inject("serverUrl"), (sql) => sql.unsafe(`create database ${name}_console`));
  const { code, lines } = await migrate(["status"]);
  expect(code).toBe(3);
  expect(lines).toHaveLength(counts.SecuryFlex + counts.console);
  expect(lines[0]).toBe("SecuryFlex 0001_postgis: pending");
  await onServer(inject("serverUrl"), (sql) => sql.unsafe(`drop database ${name}_console`));
});

test("two that start at once create the console's database and migrate both, each migration once", async () => {
  const [one, two] = await Promise.all([migrate([]), migrate([])]);
  expect([one.complaint, two.complaint]).toEqual(["", ""]);
  expect([one.code, two.code]).toEqual([0, 0]);
  const applied = [...one.lines, ...two.lines].filter((line) => line.includes(": applied ("));
  expect(applied).toHaveLength(counts.SecuryFlex + counts.console);
  expect(new Set(applied.map((line) => line.split(":")[0])).size).toBe(applied.length);
});

test("one that has nothing to do says so", async () => {
  expect(await migrate([])).toEqual({
    code: 0,
    lines: ["Both databases are where this console needs them."],
    complaint: "",
  });
});

test("down rolls back SecuryFlex alone, and the console's database when it is named", async () => {
  const down = await migrate(["down", "--steps", "2"]);
  expect(down.lines.map((line) => line.replace(/ \(\d+ ms\)$/, ""))).toEqual([
    ...readMigrations(securyflexMigrations)
      .slice(-2)
      .reverse()
      .map(({ label }) => `SecuryFlex ${label}: rolled back`),
  ]);
  const newest = readMigrations(consoleMigrations).at(-1)?.label;
  expect((await migrate(["down", "--console"])).lines).toEqual([
    expect.stringMatching(new RegExp(`^console ${newest}: rolled back \\(\\d+ ms\\)$`)),
  ]);
  await prepareDatabases(variables);
  expect((await migrate(["status"])).code).toBe(0);
});

test("a dry run tells what each statement would do, and runs nothing", async () => {
  const newest = readMigrations(securyflexMigrations).at(-1)?.label;
  const down = await migrate(["down", "--dry-run"]);
  expect(down.complaint).toBe("");
  expect(down.lines[0]).toMatch(new RegExp(`^SecuryFlex ${newest} down: (go|wait|never)$`));
  expect(down.lines).toContainEqual(expect.stringMatching(/^ {2}1\. \w/));
  const up = await migrate(["--dry-run"]);
  expect(up.lines).toEqual(["SecuryFlex: nothing would run.", "console: nothing would run."]);
  expect((await migrate(["status"])).code).toBe(0);
});

test("the serving logins of both databases stand with the passwords that derive from the secret", async () => {
  for (const login of ["console_read", "console_ops", "console_admin", "console_app"] as const) {
    const [row] = await onDatabase(loginUrl(variables, login), (sql) => sql`select current_user as name`);
    expect(row).toEqual({ name: login });
  }
});

test.each([
  ["a word it does not know", ["sideways"], {}, 2, "npm run db:migrate -- status"],
  [
    "no database",
    [],
    { DATABASE_URL: "", DATABASE_READ_URL: "postgres://nobody@127.0.0.1/none" },
    1,
    "DATABASE_URL is not set",
  ],
  [
    "a server that is not there",
    [],
    { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
    1,
    "The server refuses connections.",
  ],
  ["an address that is none", [], { DATABASE_URL: "mysql://x" }, 1, "DATABASE_URL is not a postgres:// address"],
])("%s is a sentence and an exit code", async (_what, words, settings, code, sentence) => {
  const outcome = await migrate(words, { ...variables, ...settings });
  expect(outcome.code).toBe(code);
  expect(outcome.complaint).toContain(sentence);
  expect(outcome.complaint).not.toMatch(/ at .*\.ts:\d+/);
});

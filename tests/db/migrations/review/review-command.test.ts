import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { projectDirectory } from "../../../../db/environment";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";

let databases: TestDatabases;
const folder = mkdtempSync(join(tmpdir(), "console-review-"));
beforeAll(async () => {
  databases = await cloneDatabases();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await databases.drop();
});

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** `npm run db:review -- ...paths`, with nothing of this process's own settings. */
function review(...paths: string[]) {
  return new Promise<{ code: number | null; out: string; complaint: string }>((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "db/migrations/review/review-command.ts", ...paths], {
      cwd: projectDirectory,
      env: { ...databases.environment, NODE_ENV: "production", PATH: process.env.PATH } as NodeJS.ProcessEnv,
    });
    let [out, complaint] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complaint += chunk;
    });
    child.on("close", (code) => resolve({ code, out, complaint }));
  });
}

test("a script that is still being written is reviewed, and the heaviest verdict ends the command", async () => {
  const gentle = write("gentle.sql", "alter table shifts add column note text;\n");
  const lossy = write("lossy.sql", "drop table incidents cascade;\n");
  const [alone, both] = await Promise.all([review(gentle), review(gentle, lossy)]);
  expect(alone).toMatchObject({ code: 0, complaint: "" });
  expect(alone.out).toContain("SecuryFlex gentle up: go");
  expect(alone.out).toContain("1. Adds column note to shifts");
  expect(both.code).toBe(1);
  expect(both.out).toContain("SecuryFlex lossy up: never");
  expect(both.out).toMatch(/CASCADE takes whatever depends on it along.*\(cascade\)/);
});

test("a file that is not there, and no file, are told from a verdict", async () => {
  const [absent, none] = await Promise.all([review(join(folder, "absent.sql")), review()]);
  expect(absent).toMatchObject({ code: 2, complaint: expect.stringContaining("There is no file") });
  expect(none).toMatchObject({ code: 2, complaint: expect.stringContaining("npm run db:review") });
});

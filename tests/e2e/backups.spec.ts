import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

import { hashPassword } from "../../app/auth/password-hash.server";
import * as consoleSchema from "../../db/console/schema";
import { addStaff } from "../../db/console/staff";
import { startWorker } from "../../db/jobs/worker";
import { prepareDatabases } from "../../db/migrations/prepare";
import { playScene } from "../support/scene";
import { environmentOfConsole, startSecondConsole } from "../support/second-console";
import { databaseUrl } from "../support/templates";
import { expect, password, test } from "./console";
import { expectSoundInEachLook } from "./sound";

/** Asks for what the form is filled with, and waits for what became of it. */
async function carryOut(page: Page, button: string, outcome: RegExp): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await expect(page).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
  await expect(page.getByText(outcome).first()).toBeVisible({ timeout: 40_000 });
}

/** A console with two databases and a folder of backups of its own, where Dirk is a DBA. */
async function openOwnConsole() {
  const given = environmentOfConsole();
  const name = `e2e_backups_${randomBytes(4).toString("hex")}`;
  const server = postgres(given.DATABASE_URL as string, { max: 1, onnotice: () => undefined });
  await server`create database ${server(name)}`;
  const directory = mkdtempSync(join(tmpdir(), "securyflex-e2e-backups-"));
  const environment = {
    CONSOLE_SECRET: given.CONSOLE_SECRET as string,
    DATABASE_URL: databaseUrl(given.DATABASE_URL as string, name),
    CONSOLE_DATABASE_URL: databaseUrl(given.DATABASE_URL as string, `${name}_console`),
  };
  const variables = { ...environment, BACKUP_DIRECTORY: directory, SIMULATOR: "off" };
  // What backs up reads its settings where it runs.
  Object.assign(process.env, variables);
  await prepareDatabases(environment);
  const owner = postgres(environment.DATABASE_URL, { max: 1 });
  await playScene(owner as unknown as Parameters<typeof playScene>[0]);
  const client = postgres(environment.CONSOLE_DATABASE_URL, { max: 1 });
  const passwordHash = await hashPassword(password);
  const dirk = { email: "dirk@securyflex.example", fullName: "Dirk Smit", role: "dba", passwordHash } as const;
  await addStaff(drizzle(client, { schema: consoleSchema }), dirk);
  await client.end();
  const second = await startSecondConsole(variables);
  const worker = await startWorker(environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => undefined });
  return {
    url: second.url,
    owner,
    close: async () => {
      await Promise.all([second.close(), worker.stop(), owner.end({ timeout: 2 })]);
      for (const variable of Object.keys(variables)) delete process.env[variable];
      rmSync(directory, { recursive: true, force: true });
      for (const database of [name, `${name}_console`])
        await server`drop database if exists ${server(database)} with (force)`;
      await server.end();
    },
  };
}

test("a dropped table comes back from a proved backup", async ({ page }) => {
  test.slow(true, "two databases are migrated for it");
  const own = await openOwnConsole();
  const { owner } = own;
  try {
    await page.goto(`${own.url}/sign-in`);
    await page.getByLabel("Email").fill("dirk@securyflex.example");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((address) => address.pathname !== "/sign-in");
    await page.goto(`${own.url}/operations/backups`);
    await expect(page.getByText("There is no backup")).toBeVisible();
    await page.getByRole("link", { name: "Take a backup" }).click();
    await carryOut(page, "Take a backup", /is complete; no restore has proved it yet/);
    await page.goto(`${own.url}/operations/backups`);
    await expect(page.getByText("not proved")).toBeVisible();
    await page.getByRole("link", { name: /^Verify/ }).click();
    await carryOut(page, "Verify a backup", /is proved/);

    const [before] =
      await owner`select count(*)::integer as count, sum(hashtextextended(incidents::text, 0)) as content from incidents`;
    await owner`drop table incidents`;
    await page.goto(`${own.url}/operations/backups`);
    await expect(page.getByText("proved", { exact: true })).toBeVisible();
    await expectSoundInEachLook(page, "backups", { fullPage: true });
    await page.getByRole("link", { name: /^Restore a table/ }).click();
    await page.getByRole("textbox", { name: "Table", exact: true }).fill("incidents");
    await page.getByRole("button", { name: /plan/i }).click();
    await page.getByLabel("Type public.incidents").fill("public.incidents");
    await page.getByLabel("Reason").fill("Dropped by mistake");
    await carryOut(page, "Restore a dropped table", /public.incidents is back, row by row as it was backed up/);
    await page.screenshot({ path: "test-results/pictures/backups-restored.png", fullPage: true });
    const [after] =
      await owner`select count(*)::integer as count, sum(hashtextextended(incidents::text, 0)) as content from incidents`;
    expect(after).toEqual(before);
    expect(Number(after?.count)).toBeGreaterThan(0);
  } finally {
    await own.close();
  }
});

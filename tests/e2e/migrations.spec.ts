import { randomBytes } from "node:crypto";

import type { Page } from "@playwright/test";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

import { hashPassword } from "../../app/auth/password-hash.server";
import * as consoleSchema from "../../db/console/schema";
import { addStaff } from "../../db/console/staff";
import { startWorker } from "../../db/jobs/worker";
import { migrateUp } from "../../db/migrations/migrate";
import { readSecuryflexMigrations } from "../../db/migrations/migration-files";
import { prepareDatabases } from "../../db/migrations/prepare";
import { openTrialHistory } from "../db/operations/trial-history";
import { environmentOfConsole, startSecondConsole } from "../support/second-console";
import { expect, hydrated, password, test } from "./console";
import { expectSoundInEachLook } from "./sound";

/** A console with two databases of its own, where one further migration is applied and another one is pending. */
async function openOwnConsole() {
  const given = environmentOfConsole();
  const name = `e2e_migrations_${randomBytes(4).toString("hex")}`;
  const server = postgres(given.DATABASE_URL as string, { max: 1 });
  await server`create database ${server(name)}`;
  const at = (database: string) => {
    const url = new URL(given.DATABASE_URL as string);
    url.pathname = `/${database}`;
    return url.href;
  };
  const environment = {
    CONSOLE_SECRET: given.CONSOLE_SECRET as string,
    DATABASE_URL: at(name),
    CONSOLE_DATABASE_URL: at(`${name}_console`),
  };
  const history = openTrialHistory(
    [
      "locations_note",
      "alter table public.locations add column note text;\ncomment on column public.locations.note is 'For the guard.';",
      "alter table public.locations drop column note;",
    ],
    [
      "locations_note_idx",
      "-- transaction: none\ncreate index concurrently locations_note_idx on public.locations (note);",
      "-- transaction: none\ndrop index concurrently public.locations_note_idx;",
    ],
  );
  await prepareDatabases(environment);
  await migrateUp(environment.DATABASE_URL, readSecuryflexMigrations().slice(0, -1));
  const client = postgres(environment.CONSOLE_DATABASE_URL, { max: 1 });
  const passwordHash = await hashPassword(password);
  for (const fullName of ["Dirk Smit", "Eva Peters"]) {
    const email = `${fullName.split(" ")[0]?.toLowerCase()}@securyflex.example`;
    await addStaff(drizzle(client, { schema: consoleSchema }), { email, fullName, role: "dba", passwordHash });
  }
  await client.end();
  const second = await startSecondConsole({ ...environment, TRIAL_MIGRATIONS: history.folder, SIMULATOR: "off" });
  const worker = await startWorker(environment, { jobs: [], stopSeconds: 2, log: () => {} });
  return {
    url: second.url,
    labels: history.labels,
    close: async () => {
      await Promise.all([second.close(), worker.stop()]);
      history.remove();
      for (const database of [name, `${name}_console`])
        await server`drop database if exists ${server(database)} with (force)`;
      await server.end();
    },
  };
}

async function signInAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Email").fill(`${name}@securyflex.example`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
}

test("two people approve a rollback: who asks may not approve, the other does, and the page proves it", async ({
  page,
  browser,
}) => {
  test.slow(true, "two databases are migrated for it");
  const own = await openOwnConsole();
  const [newest, pending] = own.labels as [string, string];
  try {
    await signInAs(page, own.url, "dirk");
    await page.goto(`${own.url}/operations`);
    await hydrated(page);
    await page.getByRole("link", { name: "All migrations", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Migrations" })).toBeVisible();
    await expect(page.getByRole("heading", { name: pending })).toBeVisible();
    await page.screenshot({ path: "test-results/pictures/migrations-pending.png" });

    await page.getByRole("link", { name: newest }).click();
    await expect(page.getByRole("heading", { level: 1, name: newest })).toBeVisible();
    await expectSoundInEachLook(page, "migration", { fullPage: true });
    await page.getByRole("link", { name: "Roll it back" }).click();
    await expect(page.getByText(`Rolls ${newest} back.`)).toBeVisible();
    await expect(page.getByText("alter table public.locations drop column note;")).toBeVisible();
    await page.getByLabel(`Type ${newest} to confirm`).fill(newest);
    await page.getByLabel("Reason").fill("The note is not wanted");
    await page.getByLabel("Your password").fill(password);
    await page.getByRole("button", { name: "Ask for approval" }).click();
    await expect(page).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
    const address = page.url();
    await expect(page.getByText("awaiting approval", { exact: true }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);

    const context = await browser.newContext();
    const other = await context.newPage();
    await signInAs(other, own.url, "eva");
    await other.goto(address);
    await other.getByLabel("Your password").fill(password);
    await other.getByRole("button", { name: /^Approve/ }).click();
    await expect(other.getByText(`${newest} was rolled back.`)).toBeVisible({ timeout: 30_000 });
    await expect(other.getByRole("table")).toContainText("gone: public.locations.note text");
    await context.close();

    await page.goto(address);
    await page.screenshot({ path: "test-results/pictures/migration-run.png", fullPage: true });
    await page.goto(`${own.url}/operations/migrations`);
    await expect(page.getByRole("heading", { name: newest })).toBeVisible();
    await expect(page.getByRole("link", { name: "Apply all 2" })).toBeVisible();
  } finally {
    await page.goto("about:blank");
    await own.close();
  }
});

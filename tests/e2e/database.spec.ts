import postgres from "postgres";

import { expect, hydrated, test } from "./console";

const openSession = () => postgres(process.env.CONSOLE_TEST_DATABASE_URL as string, { max: 1, onnotice: () => {} });

test("a dba finds the session that blocks, and sees it go", async ({ page, as }) => {
  const [holder, waiter] = [openSession(), openSession()];
  await holder`select set_config('application_name', 'night batch', false)`;
  await holder`begin`;
  await holder`lock table incidents in share row exclusive mode`;
  const waiting = waiter.begin((sql) => sql`lock table incidents in share row exclusive mode`);
  try {
    await as("dba");
    await page.goto("/database");
    await page.getByRole("link", { name: "Blocked sessions" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Blocked sessions" })).toBeVisible();
    const root = page.getByRole("row").filter({ hasText: "night batch" });
    await expect(root).toContainText("idle in transaction");
    await expect(page.getByRole("row")).toHaveCount(3);
  } finally {
    await holder`rollback`;
    await waiting;
    await Promise.all([holder.end(), waiter.end()]);
  }
  await expect(page.getByText("Nobody waits for a lock.")).toBeVisible({ timeout: 30_000 });
});

test("the order of a panel stands in the address and survives a reload", async ({ page, as }) => {
  await as("dba");
  await page.goto("/database/relation-sizes");
  await hydrated(page);
  const header = page.getByRole("columnheader", { name: "Table" });
  await header.getByRole("link").click();
  await expect(page).toHaveURL(/sort=table/);
  await expect(header).toHaveAttribute("aria-sort", /ascending/);
  const first = () => page.getByRole("row").nth(1).innerText();
  const before = await first();
  await page.reload();
  expect(await first()).toBe(before);
  await page.getByRole("link", { name: "In the whole runbook" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Runbook" })).toBeVisible();
  await expect(page.getByText("archive what is no longer read")).toBeInViewport();
});

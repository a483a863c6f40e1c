import { expect, hydrated, test } from "./console";
import { expectSound } from "./sound";

test.beforeEach(async ({ page, as }) => {
  await as("manager");
  await expect(async () => {
    await page.goto("/sla");
    await expect(page.getByText(/^Frozen up to/)).toBeVisible({ timeout: 2000 });
  }, "the worker has frozen the first facts").toPass({ timeout: 40_000 });
  await hydrated(page);
});

test("a manager reads what each number is of, what it was, and what it means", async ({ page }) => {
  const onTime = page.getByRole("region", { name: "On-time check-in", exact: true });
  await expect(onTime).toContainText("assignments due");
  await expect(onTime).toContainText("in the 28 days before");
  await onTime.getByText("What is counted").focus();
  await page.keyboard.press("Enter");
  await expect(onTime).toContainText("Due is who held the slot at the start.");
  await expect(onTime.getByRole("link", { name: "Misses" })).toHaveAttribute(
    "href",
    /^\/sla\/shifts\?from=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d&metric=on-time&part=misses$/,
  );
  await expect(page.getByRole("region", { name: "Coverage", exact: true })).toContainText("Assumed");
  await page.getByText("The same as a table").click();
  await expect(page.locator(".recharts-surface").first()).toBeVisible();
  await expectSound(page, { within: "details[open]" });
});

test("a range, a client and a number are chosen by keyboard, and stay in the address", async ({ page }) => {
  await page.getByLabel("Range").selectOption({ label: "Last 7 days" });
  await expect(page).toHaveURL(/range=7d/);
  await expect(page.getByText("in the 7 days before").first()).toBeVisible();
  const client = page.getByLabel("Client", { exact: true });
  const name = await client.locator("option").nth(1).innerText();
  await client.selectOption({ index: 1 });
  await expect(page).toHaveURL(/client=\d+/);

  const noShow = page.getByRole("navigation", { name: "Number", exact: true }).getByRole("link", { name: "No-show" });
  await expect(noShow).toHaveAttribute("href", /client=\d+/);
  await noShow.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/metric=no-show/);
  await expect(page).toHaveURL(/range=7d/);
  await expect(page.getByRole("link", { name: "No-show", exact: true })).toHaveAttribute("aria-current", "true");
  await expect(client.locator("option:checked")).toHaveText(name);

  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL("/sla");
});

test("two clients stand beside each other, and what cannot be meant is told", async ({ page }) => {
  await page.getByText("Compare with").click();
  const other = page.getByLabel("Another client");
  const name = await other.locator("option").nth(2).innerText();
  await other.selectOption({ index: 2 });
  await expect(page).toHaveURL(/againstClient=\d+/);
  await expect(page.getByText(`at ${name}`).first()).toBeVisible();
  await expect(page.getByText("Two clients have no change between them.")).toBeVisible();

  await page.goto("/sla?range=own&from=2019-01-01&until=2019-01-07&against=never");
  await expect(page.getByText('"never" is no period to compare with')).toBeVisible();
  await expect(page.getByText("No shift started in this time")).toBeVisible();
});

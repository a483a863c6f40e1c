import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { expect, hydrated, signIn, test } from "./console";

test.slow();

async function openEvents(page: Page): Promise<void> {
  await page.goto("/live?tab=events");
  await hydrated(page);
  await expect(page.locator("[data-feed][data-watched]")).toBeVisible({ timeout: 60_000 });
}

/** An alarm that lasts, stands alone in its line and that nobody has acknowledged: each test takes another kind. */
async function pickAlarm(page: Page, kind: "unfilled" | "no-show" | "at-risk" | "late"): Promise<Locator> {
  const row = page
    .locator(`[data-alarm][data-kind="${kind}"]:visible`)
    .filter({ has: page.getByRole("button", { name: "Acknowledge", exact: true }) })
    .first();
  await expect(row).toBeVisible();
  return page.locator(`[data-alarm="${await row.getAttribute("data-alarm")}"]`);
}

const button = (row: Locator, name: string) => row.getByRole("button", { name, exact: true });
const follow = async (row: Locator, page: Page) =>
  page.locator(`[data-alarm="${await row.getAttribute("data-alarm")}"]`);

test("ops acknowledges, takes, snoozes and releases; a second browser sees each without reload", async ({
  page,
  as,
  browser,
  baseURL,
}) => {
  await as("ops");
  await openEvents(page);
  await expect(page).toHaveTitle(/^\(\d+\) Live · SecuryFlex ops$/);
  const row = await pickAlarm(page, "unfilled");
  const context = await browser.newContext({ baseURL });
  const colleague = await context.newPage();
  await signIn(colleague, "support");
  await openEvents(colleague);
  const seen = await follow(row, colleague);
  await expect(button(seen, "Acknowledge")).toBeVisible();

  await button(row, "Acknowledge").click();
  await expect(row.getByText("acknowledged by you")).toBeVisible();
  await expect(seen.getByText(/acknowledged by (?!you)/)).toBeVisible({ timeout: 30_000 });
  await button(row, "Take").click();
  await expect(row.getByText("yours")).toBeVisible();
  await expect(seen.getByText(/has it/)).toBeVisible({ timeout: 30_000 });
  await expect(button(seen, "Take over")).toBeVisible();

  await row.getByText("Snooze", { exact: true }).click();
  await row.getByLabel("Reason, if there is one").fill("The client sends somebody");
  await button(row, "1 h").click();
  await expect(row).toBeHidden();
  await page.getByText(/^\d+ snoozed$/).click();
  await expect(row.getByText(/Sleeps until \d\d:\d\d CES?T: The client sends somebody/)).toBeVisible();
  await expect(seen).toBeHidden({ timeout: 30_000 });
  await button(row, "Wake").click();
  await button(row, "Release").click();
  await expect(seen.getByText(/acknowledged by (?!you)/)).toBeVisible({ timeout: 30_000 });
  await context.close();
});

test("who acknowledges second is told who was first", async ({ page, as, browser, baseURL }) => {
  await as("admin");
  const context = await browser.newContext({ baseURL });
  const colleague = await context.newPage();
  await signIn(colleague, "ops");
  await openEvents(page);
  const row = await pickAlarm(page, "no-show");
  // The page does not hear of it in time.
  await page.route("**/live/feed", (route) => (route.request().method() === "GET" ? undefined : route.continue()));
  await openEvents(colleague);
  const seen = await follow(row, colleague);
  await button(seen, "Acknowledge").click();
  await expect(seen.getByText("acknowledged by you")).toBeVisible();
  await button(row, "Acknowledge").click();
  await expect(page.getByText(/acknowledged it already\./)).toBeVisible();
  await page.unroute("**/live/feed");
  await expect(row.getByText(/acknowledged by (?!you)/)).toBeVisible({ timeout: 30_000 });
  await context.close();
});

test("an alarm is found, opened and acknowledged by keyboard alone", async ({ page, as }) => {
  await as("ops");
  await openEvents(page);
  const row = await pickAlarm(page, "at-risk");
  const link = row.locator("[data-row]");
  await link.focus();
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tab=events.*shift=\d+/);
  await page.keyboard.press("Escape");
  await link.focus();
  await page.keyboard.press("Tab");
  await expect(button(row, "Acknowledge")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row.getByText("acknowledged by you")).toBeVisible();
  await expect(link).toBeFocused();
});

test("a manager reads the events and finds nothing to press", async ({ page, as }) => {
  await as("manager");
  await openEvents(page);
  await expect(page.locator("[data-alarm]:visible").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Acknowledge|Take|Release|Wake)/ })).toHaveCount(0);
  await expect(page.getByText("Snooze", { exact: true })).toHaveCount(0);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("alarms are answered on their own page", async ({ page, as }) => {
    await as("ops");
    await page.goto("/live");
    await page.getByRole("link", { name: "Events" }).click();
    await expect(page).toHaveURL("/live/alarms");
    const row = await pickAlarm(page, "late");
    await button(row, "Take").click();
    await expect(page.getByText("1 alarm was changed.")).toBeVisible();
    await expect(row.getByText("yours")).toBeVisible();
    await button(row, "Release").click();
    await expect(button(row, "Take")).toBeVisible();
  });
});

for (const { name, ...use } of [
  { name: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);

    test("the events and their history are accessible and fit the screen", async ({ page, as }) => {
      await as("ops");
      await openEvents(page);
      for (const path of ["/live?tab=events", "/live/alarms"]) {
        await page.goto(path);
        await hydrated(page);
        await expect(page.locator("[data-alarm]:visible").first()).toBeVisible();
        await page.getByText("Snooze", { exact: true }).first().click();
        const picture = path === "/live/alarms" ? "alarms" : "live-events";
        await page.screenshot({ path: `test-results/pictures/${picture}-${name}.png` });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual(
          [],
        );
        const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        expect(width).toBeLessThanOrEqual(screen as number);
      }
    });
  });
}

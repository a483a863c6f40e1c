import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { rooms } from "../../app/auth/rooms";
import { expect, hydrated, test } from "./console";

const pages = [
  ...rooms.map(({ path }) => path),
  "/live/alarms",
  "/operations/migrations",
  "/operations/backups",
  "/database/features",
  "/database/statements",
  "/database/runbook",
  "/database/relation-sizes",
  "/database/database-activity",
  "/account",
  "/nowhere",
  "/audit?event=1",
  "/audit?text=nothing-at-all",
];
const wide = { width: 1440, height: 900 };
const looks = [
  { name: "light", colorScheme: "light", viewport: wide },
  { name: "dark", colorScheme: "dark", viewport: wide },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

const pictureOf = (path: string, look: string) =>
  `test-results/pictures/${path.replace(/[^a-z0-9]+/gi, "-").replace(/^-/, "")}-${look}.png`;

/** In each look axe finds nothing, and nothing reaches past the side of the screen. */
async function expectSound(page: Page, name: string, among: readonly (typeof looks)[number][] = looks): Promise<void> {
  for (const { name: look, colorScheme, viewport } of among) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.screenshot({ path: pictureOf(name, look) });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
    expect(found, look).toEqual([]);
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(width[0], look).toBeLessThanOrEqual(width[1] as number);
  }
}

for (const path of pages) {
  test(`${path} is accessible, keeps the policy and fits the screen`, async ({ page, as }) => {
    test.slow(path === "/live", "a map without a graphics card");
    await as("admin");
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectSound(page, path);
  });
}

test("the sign-in page is accessible, keeps the policy and fits the screen", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectSound(page, "/sign-in");
});

test("a shift's page and the one of its candidates are accessible, keep the policy and fit the screen", async ({
  page,
  as,
}) => {
  await as("admin");
  await page.goto("/shifts");
  await page.locator("tbody a[href^='/shifts/']").first().click();
  await expect(page).toHaveURL(/\/shifts\/\d+/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectSound(page, "/shift");
  await page.goto(`${page.url()}/replace`);
  await expect(page.locator("[data-ground-map][data-shown]")).toBeVisible({ timeout: 60_000 });
  await expectSound(page, "/replace");
});

test("what opens over a page is accessible and keeps the policy", async ({ page, as }) => {
  await as("admin");
  await page.goto("/account");
  await hydrated(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /^Search rooms/ })).toBeFocused();
  await expectSound(page, "/palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expectSound(page, "/keyboard");
  await page.keyboard.press("Escape");
  for (const look of looks) {
    await page.setViewportSize(look.viewport);
    await page
      .getByRole("button", { name: /Anouk Jansen/ })
      .filter({ visible: true })
      .click();
    await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();
    await expectSound(page, "/account-menu", [look]);
    await page.keyboard.press("Escape");
  }
});

test("on a phone the rooms that do not fit open from the bar", async ({ page, as }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await as("admin");
  await page.goto("/account");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("link", { name: "Audit" }).filter({ visible: true }).click();
  await expect(page).toHaveURL("/audit");
  await expect(page.getByRole("link", { name: "Staff" }).filter({ visible: true })).toHaveCount(0);
});

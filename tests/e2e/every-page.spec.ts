import { rooms } from "../../app/auth/rooms";
import { expect, hydrated, test } from "./console";
import { expectSoundInEachLook, looks } from "./sound";

const pages = [
  ...rooms.map(({ path }) => path),
  "/live/alarms",
  "/operations/migrations",
  "/operations/backups",
  "/operations/messages",
  "/shifts/rules",
  "/sla/shifts",
  "/sla/hours",
  "/sla/locations",
  "/sla/targets",
  "/shifts/guard/1",
  "/database/features",
  "/database/statements",
  "/database/runbook",
  "/database/relation-sizes",
  "/database/database-activity",
  "/sla/reports",
  "/account",
  "/nowhere",
  "/audit?event=1",
  "/audit?text=nothing-at-all",
];
const pictureOf = (path: string) => path.replace(/[^a-z0-9]+/gi, "-").replace(/^-/, "");

for (const path of pages) {
  test(`${path} is accessible, keeps the policy and fits the screen`, async ({ page, as }) => {
    test.slow(path === "/live", "a map without a graphics card");
    await as("admin");
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectSoundInEachLook(page, pictureOf(path));
  });
}

test("the sign-in page is accessible, keeps the policy and fits the screen", async ({ page }) => {
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectSoundInEachLook(page, "sign-in");
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
  await expectSoundInEachLook(page, "shift");
  await page.goto(`${page.url()}/replace`);
  await expect(page.locator("[data-ground-map][data-shown]")).toBeVisible({ timeout: 60_000 });
  await expectSoundInEachLook(page, "replace");
});

test("what opens over a page is accessible and keeps the policy", async ({ page, as }) => {
  await as("admin");
  await page.goto("/account");
  await hydrated(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /^Search rooms/ })).toBeFocused();
  await expectSoundInEachLook(page, "palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expectSoundInEachLook(page, "keyboard");
  await page.keyboard.press("Escape");
  for (const look of looks) {
    await page.setViewportSize(look.viewport);
    await page
      .getByRole("button", { name: /Anouk Jansen/ })
      .filter({ visible: true })
      .click();
    await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();
    await expectSoundInEachLook(page, "account-menu", { among: [look] });
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

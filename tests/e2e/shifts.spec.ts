import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { expect, holdBack, hydrated, test } from "./console";
import { expectSound } from "./sound";

const picture = (name: string) => `test-results/pictures/${name}.png`;

async function open(page: Page, search = ""): Promise<void> {
  await page.goto(`/shifts${search}`);
  await hydrated(page);
}

const rows = (page: Page) => page.locator("tbody tr");
const idsOf = (page: Page) => rows(page).evaluateAll((all) => all.map((row) => row.getAttribute("data-row")));

test("an order, filters and columns are chosen, stand in the address and survive a reload", async ({ page, as }) => {
  test.slow(true, "many steps");
  await as("support");
  await open(page, "?from=");
  await page.getByRole("link", { name: "Location" }).click();
  const location = page.getByRole("columnheader", { name: "Location" });
  await expect(location).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("link", { name: "Location" }).click();
  await expect(location).toHaveAttribute("aria-sort", "descending");

  const states = page.getByRole("navigation", { name: "Status" });
  await states.getByRole("link", { name: "completed" }).click();
  await states.getByRole("link", { name: "cancelled" }).click();
  await expect(page).toHaveURL(/status=completed%2Ccancelled/);

  await page.getByText("Columns", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Check-ins", exact: true }).uncheck();
  await page.getByRole("checkbox", { name: "Rate an hour" }).check();
  await page.screenshot({ path: picture("shifts-columns") });
  await page.getByRole("button", { name: "Show these" }).click();
  await expect(page.getByRole("columnheader", { name: "Rate an hour" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Check-ins", exact: true })).toHaveCount(0);

  const before = await idsOf(page);
  expect(before.length).toBe(50);
  await page.reload();
  await hydrated(page);
  await expect(location).toHaveAttribute("aria-sort", "descending");
  await expect(states.locator("[aria-current]")).toHaveText(["completed", "cancelled"]);
  expect(await idsOf(page)).toEqual(before);
  for (const text of await rows(page).allInnerTexts()) expect(text).toMatch(/completed|cancelled/);
  await expectSound(page);
});

test("pages lead on and back to the same rows, and the count is told", async ({ page, as }) => {
  await as("support");
  await open(page, "?from=&sort=guard");
  await expect(page.locator("[data-count]")).toHaveText(/shifts, 50 on this page$/);
  const first = await idsOf(page);
  await page.getByRole("link", { name: "Next page" }).first().click();
  await expect(page).toHaveURL(/after=/);
  await expect(rows(page).first()).not.toHaveAttribute("data-row", first[0] as string);
  const second = await idsOf(page);
  expect(second.filter((id) => first.includes(id))).toEqual([]);
  await page.getByRole("link", { name: "Previous page" }).first().click();
  await expect(rows(page).first()).toHaveAttribute("data-row", first[0] as string);
  expect(await idsOf(page)).toEqual(first);
});

test("the CSV holds what the table shows, in its order and columns, and says what it is", async ({ page, as }) => {
  await as("support");
  await open(page, "?from=&status=draft&sort=-start&columns=id,start,location");
  const shown = await idsOf(page);
  const count = Number((await page.locator("[data-count] strong").innerText()).replace(",", ""));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV of all that match" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  const lines = text.split("\r\n");
  expect(text.startsWith("\uFEFFSecuryFlex shifts")).toBe(true);
  expect(text).toContain("Time zone,Europe/Amsterdam");
  expect(text).toContain("Filter,status draft\r\n");
  const header = lines.indexOf("Number,Start,End,Location,City");
  const ids = lines.slice(header + 1, lines.indexOf("", header)).map((line) => line.split(",")[0]);
  expect(ids.slice(0, shown.length)).toEqual(shown);
  expect(ids).toHaveLength(count);
  expect(text.endsWith(`End of export,${count}\r\n`)).toBe(true);

  await as("admin");
  await page.goto("/audit?action=shifts.export");
  await expect(page.getByRole("cell", { name: "shifts.export" }).first()).toBeVisible();
});

test("what the address cannot mean is named, and the rest holds", async ({ page, as }) => {
  await as("support");
  await open(page, "?status=sleeping&from=2026-02-30&sort=-start");
  await expect(page.getByRole("status").filter({ hasText: "There is no status “sleeping”" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "“2026-02-30” is no date" })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
});

test("a filter that acts keeps the focus, and what is typed meanwhile", async ({ page, as }) => {
  await as("support");
  await open(page);
  await page.getByText("More filters").click();
  const region = page.getByRole("combobox", { name: "Region", exact: true });
  await region.focus();
  await region.selectOption({ index: 1 });
  await expect(page).toHaveURL(/region=\w/);
  await expect(region).toBeFocused();
  await region.selectOption("");
  await expect(page).toHaveURL(/region=(&|$)/);
  await expect(region).toBeFocused();

  const letAnswerCome = await holdBack(page, /\/shifts\.data\?.*text=amster(&|$)/);
  const search = page.getByRole("searchbox", { name: "Search" });
  await search.fill("amster");
  await search.press("Enter");
  await search.pressSequentially("dam");
  letAnswerCome();
  await expect(page).toHaveURL(/text=amster(&|$)/);
  await expect(rows(page).first()).toContainText("Amsterdam");
  await expect(search).toBeFocused();
  await expect(search).toHaveValue("amsterdam");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/text=amsterdam(&|$)/);
});

test("by keyboard: search, walk the rows, open one", async ({ page, as }) => {
  await as("support");
  await open(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
  await page.keyboard.type("amsterdam");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/text=amsterdam/);
  await expect(rows(page).first()).toContainText("Amsterdam");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("amsterdam");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows(page).nth(1)).toBeFocused();
  const id = await rows(page).nth(1).getAttribute("data-row");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/shifts/${id}`);
});

test("a shift tells its story, and shows its trail to who asks and is on record for it", async ({ page, as }) => {
  test.slow(true, "a map without a graphics card");
  await as("admin");
  await open(page, "?status=completed&sort=-end&columns=start,checkins,guard");
  await rows(page)
    .filter({ hasText: /\s[1-9]\d*\s/ })
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/\/shifts\/\d+$/);
  const id = page.url().match(/\d+$/)?.[0];
  const story = page.locator("section").filter({ has: page.getByRole("heading", { name: "What happened" }) });
  await expect(story.getByText(/was assigned$/)).toBeVisible();
  await expect(story.getByText("Planned start")).toBeVisible();
  await expect(story.getByText(/^(Checked in|\d+ positions)/).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Planned and worked" })).toBeVisible();
  await page.screenshot({ path: picture("shift-story"), fullPage: true });

  await expect(page.getByText("That you look at them is put on record.")).toBeVisible();
  await page.getByRole("button", { name: "Show the trail" }).click();
  await expect(page.locator("[data-ground-map][data-shown]")).toBeVisible({ timeout: 60_000 });
  await page.getByText("As a table").click();
  await expect(page.getByRole("table", { name: "Positions" }).getByRole("row").nth(1)).toBeVisible();
  await page.locator("[data-ground-map]").scrollIntoViewIfNeeded();
  await page.screenshot({ path: picture("shift-trail") });
  await expectSound(page);

  await page.reload();
  await expect(story.getByText(/looked at the trail$/)).toBeVisible();
  await page.goto(`/audit?action=trail.read&text=shift:${id}`);
  await expect(rows(page).filter({ hasText: "Anouk Jansen" })).toHaveCount(2);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("rows are cards that fit the screen, and orders can be chosen", async ({ page, as }) => {
    await as("support");
    await open(page, "?from=");
    await expect(page.getByRole("columnheader")).toHaveCount(2); // The card and its box.
    await page.getByLabel("Order").selectOption("-updated");
    await expect(page).toHaveURL(/sort=-updated/);
    await expect(rows(page).first()).toBeVisible();
    await page.screenshot({ path: picture("shifts-phone") });
    await expectSound(page);
    await rows(page).first().getByRole("link").click();
    await expect(page).toHaveURL(/\/shifts\/\d+$/);
    await expectSound(page);
    await page.screenshot({ path: picture("shift-phone") });
  });
});

test("light and dark", async ({ page, as }) => {
  test.slow(true, "axe twice over many rows");
  await as("manager");
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, "?from=&sort=-start&status=completed,active,published");
    await page.screenshot({ path: picture(`shifts-${colorScheme}`) });
    await expectSound(page);
  }
});

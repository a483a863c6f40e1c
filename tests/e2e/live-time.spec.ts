import type { Page } from "@playwright/test";

import { expect, hydrated, test } from "./console";
import { expectSound } from "./sound";

const settled = { timeout: 60_000 };
const hourMs = 3_600_000;

/** So many hours ago, to the minute. */
const momentAgo = (hours: number) => new Date(Math.floor((Date.now() - hours * hourMs) / 60_000) * 60_000);
const written = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
const pastOf = (hours: number, more = "") => `/live?at=${written(momentAgo(hours))}${more}`;

const banner = (page: Page) => page.locator("[data-past]");
const shownAt = async (page: Page) => new Date((await banner(page).locator("time").getAttribute("datetime")) as string);
const rows = (page: Page) => page.locator("[data-row]");

/** The board of the moment is there, and not one that waits for it. */
async function arrived(page: Page): Promise<void> {
  await hydrated(page);
  await expect(banner(page)).toBeVisible();
  await expect(page.getByText("Reading this moment")).toBeHidden();
  await expect(rows(page).first()).toBeVisible();
}

const readRows = (page: Page) =>
  rows(page).evaluateAll((all) => all.slice(0, 8).map((row) => (row as HTMLElement).innerText));

test.slow();

test.beforeEach(async ({ as }) => {
  await as("ops");
});

test("a moment of the past is typed, looks unlike the present, and Escape leads back", async ({ page }) => {
  await page.goto("/live");
  await hydrated(page);
  await page.keyboard.press("t");
  const typed = page.getByLabel(/^Moment, in CES?T$/);
  await expect(typed).toBeFocused();
  const at = momentAgo(3);
  const local = new Intl.DateTimeFormat("sv-SE", {
    ...({ timeZone: "Europe/Amsterdam", dateStyle: "short", timeStyle: "medium" } as const),
  }).format(at);
  await typed.fill(local.replace(" ", "T"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`at=${encodeURIComponent(written(at))}`));
  await arrived(page);
  await expect(banner(page)).toContainText("not live");
  expect(await shownAt(page)).toEqual(at);
  await expect(page.locator("[data-freshness]")).toHaveCount(0);

  await page.locator("h1").focus();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/at=/);
  await expect(banner(page)).toHaveCount(0);
  await expect(page.locator("[data-freshness]")).toBeVisible();
});

test("the arrows step, space plays and pauses, and the board goes on with the time", async ({ page }) => {
  await page.goto(pastOf(5));
  await arrived(page);
  const at = await shownAt(page);
  await page.locator("h1").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => +(await shownAt(page)) - +at).toBe(60_000);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(async () => +(await shownAt(page)) - +at).toBe(-14 * 60_000);
  await page.getByRole("button", { name: "120×" }).click();
  await expect.poll(async () => +(await shownAt(page)) - +at, settled).toBeGreaterThan(0);
  await page.locator("h1").focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  const paused = await shownAt(page);
  await expect(page).not.toHaveURL(/speed=/);
  await arrived(page);
  expect(Math.abs(+(await shownAt(page)) - +paused)).toBeLessThan(1000);
});

test("the address of a moment finds the same board, shift and moment in another browser", async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto(pastOf(26));
  await arrived(page);
  await rows(page).first().click();
  await expect(page).toHaveURL(/shift=\d+/);
  const id = new URL(page.url()).searchParams.get("shift");
  const panel = page.getByRole("region", { name: `Shift ${id}` });
  await expect(panel.getByRole("heading", { name: "Payment" })).toBeVisible();
  const told = await panel.getByRole("status").first().innerText();
  const before = await readRows(page);

  const fresh = await browser.newContext({ baseURL: baseURL as string });
  await fresh.addCookies(await page.context().cookies());
  const other = await fresh.newPage();
  await other.goto(page.url());
  await arrived(other);
  expect(await shownAt(other)).toEqual(await shownAt(page));
  expect(await readRows(other)).toEqual(before);
  await expect(
    other
      .getByRole("region", { name: `Shift ${id}` })
      .getByRole("status")
      .first(),
  ).toHaveText(told);
  await fresh.close();
});

test("a guard is followed on the map, by an address of its own", async ({ page }) => {
  await page.goto(pastOf(4, "&state=on-post"));
  await arrived(page);
  await rows(page).first().click();
  await page.getByRole("button", { name: "Follow" }).click();
  await expect(page).toHaveURL(/follow=\d+/);
  await expect(page.locator("[data-map][data-trail]")).toBeVisible(settled);
  expect(Number(await page.locator("[data-map]").getAttribute("data-trail"))).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Stop following" }).click();
  await expect(page.locator("[data-map][data-trail]")).toHaveCount(0);
  await expect(page).not.toHaveURL(/follow=/);
});

for (const [what, search, sentence] of [
  ["of a month ago", `at=${written(momentAgo(24 * 30))}`, "The board is kept for 14 days."],
  ["of tomorrow", `at=${written(momentAgo(-24))}`, "The board shows the present and the 14 days before it."],
  ["that is none", "at=yesterday", "A moment is written in UTC, as 2026-11-21T13:05:00Z."],
]) {
  test(`a moment ${what} is refused with a sentence, and the menu leads back`, async ({ page }) => {
    const answer = await page.goto(`/live?${search}`);
    expect(answer?.status()).toBe(400);
    await expect(page.getByText(sentence as string)).toBeVisible();
    await page.getByRole("link", { name: "Live" }).first().click();
    await expect(page.locator("[data-freshness]")).toBeVisible();
  });
}

for (const { name, ...use } of [
  { name: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);

    test("the past is accessible and fits the screen", async ({ page }) => {
      await page.goto(pastOf(4, "&state=outside,stale,uncertain,on-post"));
      await arrived(page);
      await expect(page.locator("[data-map][data-idle]")).toBeVisible(settled);
      await page.screenshot({ path: `test-results/pictures/live-past-${name}.png` });
      await rows(page).first().click();
      await expect(page.getByRole("heading", { name: "Payment" })).toBeVisible();
      await expect(page.locator("[data-map][data-idle]")).toBeVisible(settled);
      await page.screenshot({ path: `test-results/pictures/live-past-shift-${name}.png` });
      await expectSound(page);
    });
  });
}

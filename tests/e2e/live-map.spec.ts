import type { Page } from "@playwright/test";

import { expect, test } from "./console";
import { expectSound } from "./sound";

const settled = { timeout: 60_000 };
const mapIsIdle = (page: Page) => expect(page.locator("[data-map][data-idle]")).toBeVisible(settled);
const canvas = (page: Page) => page.locator("canvas.maplibregl-canvas");

test.slow();

test.beforeEach(async ({ as }) => {
  await as("ops");
});

test("dense layers are chosen on the map, stand in the URL, come as tiles and survive a reload", async ({ page }) => {
  const tiles: string[] = [];
  page.on("response", (answer) => {
    const { pathname, search } = new URL(answer.url());
    if (pathname.startsWith("/tiles/") && answer.ok()) tiles.push(`${pathname.split("/")[2]}${search}`);
  });
  await page.goto("/live");
  await mapIsIdle(page);
  expect(tiles).toEqual([]);
  await page.getByRole("button", { name: "Layers" }).click();
  for (const name of ["Last positions", "Locations", "Check-in density"]) {
    await page.getByRole("checkbox", { name }).click();
    await expect(page.getByRole("checkbox", { name })).toBeChecked();
  }
  const asked = () => [...new Set(tiles)].sort();
  await expect.poll(asked, settled).toEqual(["density?hours=24", "locations", "positions"]);
  await page.getByLabel("Window").selectOption({ label: "Last 7 days" });
  await expect(page).toHaveURL(/layers=density%2Clocations%2Cpositions&window=168/);
  await expect.poll(asked, settled).toEqual(["density?hours=168", "density?hours=24", "locations", "positions"]);
  await expect(page.getByText(/Check-ins since \d+ \w+, \d\d:\d\d CES?T/)).toBeVisible();
  await page.reload();
  await mapIsIdle(page);
  await page.getByRole("button", { name: "Layers · 3" }).click();
  await expect(page.getByRole("checkbox", { name: "Check-in density" })).toBeChecked();
  await expect(page.getByLabel("Window")).toHaveValue("168");
  await expectSound(page, { within: '[aria-label="Layers of the map"]' });
});

test("where the map stands is in the URL after a move, without a step back and without asking for the board", async ({
  page,
}) => {
  await page.goto("/live?map=9/52.09000/5.12000");
  await mapIsIdle(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const steps = await page.evaluate(() => history.length);
  await canvas(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/map=9%2F52\.\d{5}%2F5\.[2-9]\d{4}/);
  expect(await page.evaluate(() => history.length)).toBe(steps);
  // What a navigation asks; the board asks by itself for /live/board.data when something is heard.
  expect(asked.filter((path) => path === "/live.data")).toEqual([]);
  const moved = page.url();
  await page.reload();
  await mapIsIdle(page);
  expect(page.url()).toBe(moved);
});

test("a click beside the shifts finds the shifts around it", async ({ page }) => {
  await page.goto("/live?map=13/52.37000/4.89000&state=incident");
  await mapIsIdle(page);
  await canvas(page).click({ position: { x: 200, y: 300 } });
  await page.getByRole("button", { name: "Shifts within 2 km of here" }).click();
  await expect(page).toHaveURL(/near=4\.\d{5}%2C52\.\d{5}&radius=2000/);
  await expect(page.getByRole("button", { name: "Shifts within 2 km of here" })).toBeHidden();
});

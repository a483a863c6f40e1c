import type { Page } from "@playwright/test";

import { stillMilliseconds } from "../../app/live/map/viewport-in-url.client";
import { expect, holdBack, hydrated, test } from "./console";
import { expectSound } from "./sound";

/** Headless browsers draw the map without a graphics card. */
const settled = { timeout: 60_000 };

/** The map has drawn all it was given. */
async function mapIsIdle(page: Page): Promise<void> {
  await expect(page.locator("[data-map][data-idle]")).toBeVisible(settled);
}

const rows = (page: Page) => page.locator("[data-row]");
/** Rows of the list, drawn or not. */
const countOf = async (page: Page) => Number(await page.locator("[data-count]").getAttribute("data-count"));
const idOf = async (page: Page, index: number) => (await rows(page).nth(index).getAttribute("data-shift")) as string;

test.slow();

test.beforeEach(async ({ as }) => {
  await as("ops");
});

test("every shift of the list is on the map, in a mark or a cluster", async ({ page }) => {
  await page.goto("/live");
  await mapIsIdle(page);
  await expect(rows(page).first()).toBeVisible();
  // Both are read at one moment: the board changes while the day goes on.
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const shown = document.querySelector<HTMLElement>("[data-map][data-idle]")?.dataset.shown;
          return Number(shown) - Number(document.querySelector<HTMLElement>("[data-count]")?.dataset.count);
        }),
      settled,
    )
    .toBe(0);
});

test("the list begins with what is worst, and its counts are those of its rows", async ({ page }) => {
  await page.goto("/live?state=on-post");
  await hydrated(page);
  const button = page.getByRole("button", { name: /^On post \d/ });
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => Number((await button.innerText()).match(/\d+/)?.[0]) - (await countOf(page))).toBe(0);
  expect(
    await rows(page).evaluateAll((all) => all.every((row) => (row as HTMLElement).dataset.state === "on-post")),
  ).toBe(true);
});

test("what is chosen in the list is chosen on the map, and its panel says why", async ({ page }) => {
  await page.goto("/live");
  await mapIsIdle(page);
  const id = await idOf(page, 0);
  await page.locator(`[data-row][data-shift="${id}"]`).click();
  await expect(page).toHaveURL(new RegExp(`shift=${id}$`));
  await expect(page.locator("[data-map]")).toHaveAttribute("data-selected", id);
  const panel = page.getByRole("region", { name: `Shift ${id}` });
  await expect(panel.getByRole("heading", { name: "Last check-ins" })).toBeVisible();
  await expect(panel.getByRole("status").first()).not.toBeEmpty();
  await panel.getByRole("link", { name: `Open shift ${id}` }).click();
  await expect(page).toHaveURL(`/shifts/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(id) })).toBeVisible();
  await expect(page.locator("[data-map]")).toHaveCount(0);
});

test("what is chosen on the map is chosen in the list", async ({ page }) => {
  await page.goto("/live");
  await hydrated(page);
  const id = await idOf(page, 0);
  await page.goto(`/live?q=%23${id}`);
  await mapIsIdle(page);
  await expect(rows(page).first()).toHaveAttribute("data-shift", id);
  // The map was fitted around the one post: it stands in the middle.
  await page.locator("canvas.maplibregl-canvas").click();
  await expect(page.locator(`[data-shift="${id}"]`)).toHaveAttribute("aria-current", "true");
});

test("all by keyboard: search, walk, open, close", async ({ page }) => {
  await page.goto("/live");
  await mapIsIdle(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const id = await idOf(page, 1);
  await expect(page.locator(`[data-shift="${id}"]`)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: `Shift ${id}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: `Shift ${id}` })).toBeHidden();
  await page.keyboard.press("/");
  await page.keyboard.type("#999999999");
  await expect(page.getByText("Shift 999999999 is not on the board")).toBeVisible();
  await expect(page).toHaveURL(/q=%23999999999/);
  await page.locator("canvas.maplibregl-canvas").focus();
  await page.keyboard.press("ArrowLeft");
  await mapIsIdle(page);
});

test("filters stand in the URL and survive a reload", async ({ page }) => {
  await page.goto("/live");
  await hydrated(page);
  await page.getByRole("button", { name: /^On post/ }).click();
  await page.getByRole("button", { name: /^Completed/ }).click();
  await page.getByLabel("Region").selectOption({ index: 1 });
  await page.getByRole("searchbox").fill("a");
  await expect(page).toHaveURL(/q=a/);
  const count = await countOf(page);
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("button", { name: /^On post/ })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: /^Completed/ })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("button", { name: /^Late/ })).toHaveAttribute("aria-pressed", "false");
  await expect(page.getByRole("searchbox")).toHaveValue("a");
  expect(Math.abs((await countOf(page)) - count)).toBeLessThanOrEqual(3);
});

test("what is chosen and typed faster than the board is drawn stays whole", async ({ page }) => {
  await page.goto("/live");
  await hydrated(page);
  await page.evaluate(() => {
    for (const name of ["On post", "Completed", "Late"])
      [...document.querySelectorAll<HTMLElement>("button[aria-pressed]")]
        .find(({ textContent }) => textContent?.startsWith(name))
        ?.click();
  });
  await expect(page).toHaveURL((url) => url.searchParams.get("state")?.split(",").length === 3);

  // The next letter comes as the address takes up the first one, before the board is drawn for it.
  await page.evaluate(() => {
    const replace = history.replaceState.bind(history);
    history.replaceState = (...args) => {
      replace(...args);
      if (new URLSearchParams(location.search).get("q") !== "a") return;
      history.replaceState = replace;
      document.execCommand("insertText", false, "m");
    };
  });
  const text = page.getByRole("searchbox");
  await text.pressSequentially("a");
  await expect(page).toHaveURL(/q=am\b/);
  await expect(text).toHaveValue("am");
});

test("a map that comes to rest does not call off the way to another page", async ({ page }) => {
  await page.goto("/live");
  await mapIsIdle(page);
  const letPageCome = await holdBack(page, /\/shifts\.data/);
  const isTold = page.evaluate(
    (milliseconds) =>
      new Promise<void>((resolve) => {
        const plain = window.setTimeout;
        window.setTimeout = ((act: () => void, after?: number) =>
          plain(() => {
            act();
            if (after === milliseconds) resolve();
          }, after)) as typeof window.setTimeout;
      }),
    stillMilliseconds,
  );
  await page.getByRole("link", { name: "Shifts", exact: true }).first().click();
  await page.locator("canvas.maplibregl-canvas").focus();
  await page.keyboard.press("ArrowRight");
  await isTold;
  letPageCome();
  await expect(page.getByRole("heading", { level: 1, name: "Shifts" })).toBeVisible();
});

test("the page asks no other host for anything", async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL as string) && !/^(blob|data):/.test(url)) foreign.push(url);
  });
  await page.goto("/live");
  await mapIsIdle(page);
  await rows(page).first().click();
  await page.getByRole("button", { name: "Show the fence" }).click();
  await mapIsIdle(page);
  expect(foreign).toEqual([]);
});

test("without WebGL the map says so and the list works", async ({ page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith("webgl") ? null : Reflect.apply(original, this, [kind, ...rest]);
    } as typeof original;
  });
  await page.goto("/live");
  await expect(page.getByText("This browser cannot draw the map")).toBeVisible(settled);
  const id = await idOf(page, 0);
  await rows(page).first().click();
  await expect(page.getByRole("region", { name: `Shift ${id}` })).toBeVisible();
});

for (const { name, ...use } of [
  { name: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);

    test("map, list and panel are accessible and fit the screen", async ({ page }) => {
      await page.goto("/live");
      await mapIsIdle(page);
      await page.screenshot({ path: `test-results/pictures/live-map-${name}.png` });
      await page.getByRole("button", { name: /^No-show/ }).click();
      await page.getByRole("button", { name: /^Uncertain/ }).click();
      await rows(page).first().click();
      await expect(page.getByRole("heading", { name: "Last check-ins" })).toBeVisible();
      await page.screenshot({ path: `test-results/pictures/live-shift-${name}.png` });
      await expectSound(page);
    });
  });
}

import type { Page } from "@playwright/test";

import { expect, holdBack, hydrated, signIn, test } from "./console";
import { onProduct } from "./own-shift";
import { expectSound } from "./sound";

/** A change in the database has come to the page. */
const arrived = { timeout: 60_000 };

type Scene = { client: string; ids: number[] };

/** A client of its own with one open shift at each place, which begins so many minutes from now. */
async function openShifts(places: { startsIn: number; north?: number }[]): Promise<Scene> {
  const client = `Klant ${Math.random().toString(36).slice(2, 10)}`;
  const ids = await onProduct(async (sql) => {
    const [organization] = await sql`insert into organizations (name, kind) values (${client}, 'client') returning id`;
    const ids: number[] = [];
    for (const { startsIn, north = 0 } of places) {
      const [row] = await sql`
        with site as (
          insert into locations (organization_id, name, address, city, region, location_point)
          values (${organization?.id}, ${`Post ${ids.length + 1}`}, 'Kade 1', 'Veere', 'Zeeland',
                  ST_SetSRID(ST_MakePoint(3.66, ${51.55 + north / 111_270}::float8), 4326)::geography)
          returning id
        )
        insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate, published_at)
        select (select min(id) from organizations where kind = 'company'), ${organization?.id}, site.id, 'published',
               now() + ${startsIn} * interval '1 minute', now() + ${startsIn + 240} * interval '1 minute', 30, now()
        from site
        returning id`;
      ids.push(Number(row?.id));
    }
    return ids;
  });
  return { client, ids };
}

const startIn = (id: number, minutes: number) =>
  onProduct((sql) => sql`update shifts set start_datetime = now() + ${minutes} * interval '1 minute' where id = ${id}`);

const row = (page: Page, id: number) => page.locator(`[data-shift="${id}"]`);
const order = (page: Page) =>
  page.locator("[data-row]").evaluateAll((rows) => rows.map((one) => Number((one as HTMLElement).dataset.shift)));

test.slow();

test.beforeEach(async ({ as }) => {
  await as("ops");
});

test("under the pointer rows stay where they are, change in place and strike what went; leaving applies it", async ({
  page,
}) => {
  const { client, ids } = await openShifts([20, 40, 60, 80].map((startsIn) => ({ startsIn })));
  const [first, second, third, fourth] = ids as [number, number, number, number];
  await page.goto(`/live?client=${encodeURIComponent(client)}`);
  await hydrated(page);
  expect(await order(page)).toEqual(ids);
  await row(page, second).hover();

  await startIn(fourth, -10);
  await onProduct((sql) => sql`update shifts set status = 'cancelled' where id = ${second}`);
  await expect(row(page, fourth)).toHaveAttribute("data-state", "unfilled", arrived);
  await expect(row(page, second)).toHaveAttribute("data-gone", "true", arrived);
  await expect(row(page, second)).toContainText("no longer on the board");
  await expect(page.getByRole("button", { name: "2 updates" })).toBeVisible();
  expect(await order(page)).toEqual(ids);

  await page.getByRole("heading", { level: 1 }).hover();
  await expect.poll(() => order(page)).toEqual([fourth, first, third]);
  await expect(page.getByRole("button", { name: /updates?$/ })).toBeHidden();
  await expect(row(page, fourth)).toContainText(/Unfilled · breached 1\d min ago/);
  await expect(row(page, first)).toContainText(/At risk · unfilled in 1\d min/);
});

test("under the focus rows stay too; a press applies the updates and the focus stays with its row", async ({
  page,
}) => {
  const { client, ids } = await openShifts([20, 40, 60].map((startsIn) => ({ startsIn })));
  const [first, second, third] = ids as [number, number, number];
  await page.goto(`/live?client=${encodeURIComponent(client)}`);
  await hydrated(page);
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect(row(page, second)).toBeFocused();

  await startIn(third, -10);
  const chip = page.getByRole("button", { name: "1 update" });
  await expect(chip).toBeVisible(arrived);
  expect(await order(page)).toEqual(ids);
  await expect(row(page, second)).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(chip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => order(page)).toEqual([third, first, second]);
  await expect(row(page, second)).toBeFocused();

  await onProduct((sql) => sql`update shifts set status = 'cancelled' where id = ${second}`);
  await expect(row(page, second)).toHaveAttribute("data-gone", "true", arrived);
  await page.keyboard.press("Escape");
  await expect.poll(() => order(page)).toEqual([third, first]);
});

test("all by keyboard: search, walk to both ends, open, close, and the row keeps the focus", async ({ page }) => {
  const letRowsCome = await holdBack(page, /\/use-rows-in-sight-[^/]*\.js$/);
  await page.goto("/live");
  await hydrated(page);
  const focused = page.locator("[data-row]:focus");
  const listItem = page.locator("li:has([data-row]:focus)");
  await page.keyboard.press("j");
  await expect(listItem).toHaveAttribute("aria-posinset", "1");
  await page.keyboard.press("End");
  const size = await listItem.getAttribute("aria-setsize");
  expect(Number(size)).toBeGreaterThan(50);
  await expect(listItem).toHaveAttribute("aria-posinset", size as string);
  letRowsCome();
  await expect(focused).toBeInViewport();
  await expect(listItem).toHaveAttribute("aria-posinset", size as string);
  await page.keyboard.press("k");
  await expect(listItem).toHaveAttribute("aria-posinset", String(Number(size) - 1));
  await page.keyboard.press("Home");
  await expect(listItem).toHaveAttribute("aria-posinset", "1");
  await expect(focused).toBeInViewport();
  await page.keyboard.press("PageDown");
  await expect(listItem).toHaveAttribute("aria-posinset", "11");

  const id = await focused.getAttribute("data-shift");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`shift=${id}\\b`));
  await expect(row(page, Number(id))).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/shift=/);
  await expect(row(page, Number(id))).toBeFocused();

  await page.keyboard.press("/");
  await page.keyboard.type("#999999999");
  await expect(page.getByText("Shift 999999999 is not on the board")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open shift 999999999" })).toHaveAttribute("href", "/shifts/999999999");
  await page.getByRole("button", { name: /^\d+ shifts with no search text$/ }).press("Enter");
  await expect(page.getByRole("searchbox")).toHaveValue("");
  await expect(page.locator("[data-row]").first()).toBeVisible();
});

test("around a place the nearest shift comes first, with its distance; a smaller radius leaves out the far", async ({
  page,
}) => {
  const { client, ids } = await openShifts([
    { startsIn: 10, north: 1500 },
    { startsIn: 30, north: 200 },
    { startsIn: 50, north: 700 },
  ]);
  const [far, near, middle] = ids as [number, number, number];
  await page.goto(`/live?near=3.66,51.55&client=${encodeURIComponent(client)}`);
  await expect(page.getByText("Nearest first")).toBeVisible();
  await expect.poll(() => order(page)).toEqual([near, middle, far]);
  await expect(row(page, near)).toContainText("200 m");
  await expect(row(page, far)).toContainText("1.5 km");
  await page.getByLabel("Within").selectOption("1000");
  await expect.poll(() => order(page)).toEqual([near, middle]);
  await expect(page).toHaveURL(/radius=1000/);
  await page.goto(`/live?near=3.70,51.60&radius=100&client=${encodeURIComponent(client)}`);
  await page.getByRole("button", { name: "3 shifts with any distance" }).click();
  await expect.poll(() => order(page)).toEqual([far, near, middle]);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/live\??$/);
});

test("a view outlives the session, tells when it was left, and goes when its owner deletes it", async ({ page }) => {
  const name = `Nacht ${Math.random().toString(36).slice(2, 8)}`;
  await page.goto("/live?state=no-show,late&region=Utrecht");
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByLabel("Save these filters as").fill(name);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: `View: ${name}` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.context().clearCookies();
  await signIn(page, "ops");
  // The room without a filter leaves the view behind, as soon as it acts.
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("applied-view-live"))).toBe(null);
  await page.goto("/live?state=late");
  await page.getByRole("button", { name: "Views", exact: true }).click();
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/state=no-show%2Clate&region=Utrecht/);
  await page.getByRole("button", { name: /^Late \d/ }).click();
  const trigger = page.getByRole("button", { name: `View: ${name} · changed` });
  await trigger.click();
  await page.getByRole("button", { name: `Keep the change in ${name}` }).click();
  await expect(page.getByRole("button", { name: `View: ${name}`, exact: true })).toBeVisible();
  await page.getByRole("button", { name: `Change ${name}` }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete it for good" }).click();
  await expect(page.getByRole("link", { name })).toBeHidden();
  await expect(page.getByRole("button", { name: "Views", exact: true })).toBeVisible();
});

test("without script the first rows are links to their shifts", async ({ browser, baseURL, context }) => {
  const plain = await browser.newContext({ baseURL, javaScriptEnabled: false });
  await plain.addCookies(await context.cookies());
  const page = await plain.newPage();
  await page.goto("/live");
  expect(await page.locator("[data-row]").count()).toBeGreaterThan(15);
  const id = await page.locator("[data-row]").first().getAttribute("data-shift");
  await page.locator("[data-row]").first().click();
  await expect(page).toHaveURL(new RegExp(`shift=${id}`));
  await plain.close();
});

for (const { name, ...use } of [
  { name: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(use);

    test("the list, the search around a place and the views are accessible and fit the screen", async ({ page }) => {
      await page.goto("/live?near=4.9,52.37&radius=50000&state=on-post,upcoming,late");
      await expect(page.getByText("Nearest first")).toBeVisible();
      await page.locator("[data-row]").first().hover();
      await page.keyboard.press("j");
      await page.keyboard.press("End");
      await expect(page.locator("[data-row]:focus")).toBeInViewport();
      await page.screenshot({ path: `test-results/pictures/live-list-${name}.png` });
      await page.getByRole("button", { name: /Views|View:/ }).click();
      await expect(page.getByLabel("Save these filters as")).toBeVisible();
      await page.screenshot({ path: `test-results/pictures/live-views-${name}.png` });
      await expectSound(page);
    });
  });
}

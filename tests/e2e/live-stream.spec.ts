import type { Page } from "@playwright/test";

import { openClient, type Sql } from "../../db/connections";
import { expect, hydrated, signIn, test } from "./console";
import { cancelShifts, type OwnShift, planOwnShift } from "./own-shift";

/** Headless browsers draw the map without a graphics card. */
const settled = { timeout: 60_000 };
const chip = (page: Page) => page.locator("[data-freshness]");
const row = (page: Page, id: number) => page.locator(`[data-row][data-shift="${id}"]`);

let product: Sql;

test.slow();
test.beforeAll(() => {
  product = openClient(process.env.CONSOLE_TEST_DATABASE_URL as string, { max: 1, applicationName: "tests" });
});
test.afterAll(() => product.end());
test.beforeEach(async ({ as }) => {
  await as("ops");
});

/** A check-in at the door of the shift's location, or 800 m to the north of it. */
async function checkIn({ id, guardId }: OwnShift, kind: "in" | "ping", isInside: boolean) {
  await product`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
    select ${id}, ${guardId}, ${kind},
           ST_Project(location_point, ${isInside ? 0 : 1_500}::float, 0), 5, ${isInside}, now()
    from shifts join locations on locations.id = location_id where shifts.id = ${id}`;
}

/** The map, at rest with one shift chosen and one mark drawn. */
const onMap = (page: Page, id: number) => page.locator(`[data-map][data-idle][data-selected="${id}"][data-shown="1"]`);

/** ISO instant, UTC, to the millisecond. */
async function serverClock(): Promise<string> {
  const [{ at }] = await product<[{ at: Date }]>`select clock_timestamp() as at`;
  return at.toISOString();
}

test("a guard is late, arrives and leaves the post without a reload; each moment is found again by its address", async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto("/live");
  await hydrated(page);
  await expect(chip(page)).toHaveText(/live/);
  const loads: string[] = [];
  page.on("request", (request) => request.isNavigationRequest() && loads.push(request.url()));

  const shift = await planOwnShift(12);
  await page.getByRole("searchbox").fill(`#${shift.id}`);
  await expect(row(page, shift.id)).toHaveAttribute("data-state", "late");
  const lateAt = await serverClock();
  await row(page, shift.id).click();
  await expect(onMap(page, shift.id)).toBeVisible(settled);

  await checkIn(shift, "in", true);
  await expect(row(page, shift.id)).toHaveAttribute("data-state", "on-post");
  for (let time = 0; time < 3; time += 1) await checkIn(shift, "ping", false);
  await expect(row(page, shift.id)).toHaveAttribute("data-state", "outside");
  await expect(onMap(page, shift.id)).toBeVisible(settled);

  const outsideAt = await serverClock();

  await cancelShifts([shift.id]);
  // The list stands still while the pointer or the focus is in it.
  await page.getByRole("searchbox").focus();
  await page.mouse.move(0, 0);
  await expect(row(page, shift.id)).toHaveCount(0);
  expect(loads).toEqual([]);

  const context = await browser.newContext({ baseURL });
  const fresh = await context.newPage();
  await signIn(fresh, "ops");
  for (const [at, state] of [
    [lateAt, "late"],
    [outsideAt, "outside"],
  ]) {
    await fresh.goto(`/live?at=${at}&shift=${shift.id}&q=%23${shift.id}`);
    await expect(row(fresh, shift.id)).toHaveAttribute("data-state", state as string);
    await expect(fresh.locator("[data-map][data-idle]")).toHaveAttribute("data-selected", String(shift.id), settled);
  }
  await context.close();
});

test("a board that nobody confirms turns amber, then red and grey, says since when it is old, and catches up", async ({
  page,
}) => {
  await page.clock.install();
  await page.goto("/live");
  await hydrated(page);
  await expect(chip(page)).toHaveAttribute("data-freshness", "fresh");
  await page.route("**/live/stream**", () => {});
  // As its clock runs on, the page takes the stream that it has for lost and asks for another, which never answers.
  // What it hears just after its clock was put on is news to it: then the clock goes on once more.
  await expect(async () => {
    await page.clock.fastForward(20_000);
    await expect(chip(page)).toHaveAttribute("data-freshness", "late", { timeout: 5_000 });
  }).toPass();
  await expect(chip(page)).toHaveText(/as of \d\d:\d\d:\d\d CES?T/);
  await page.clock.fastForward(70_000);
  await expect(chip(page)).toHaveAttribute("data-freshness", "lost");
  await expect(page.locator("[data-lost]")).toBeVisible();
  await expect(page.getByText(/Data of \d\d:\d\d:\d\d CES?T, 1 min old\. No newer answer has come\./)).toBeVisible();

  const shift = await planOwnShift(1);
  await page.unroute("**/live/stream**");
  await page.clock.fastForward(14_000);
  await page.clock.fastForward(4_000);
  await expect(chip(page)).toHaveAttribute("data-freshness", "fresh");
  await expect(page.locator("[data-lost]")).toBeHidden();
  await page.getByRole("searchbox").fill(`#${shift.id}`);
  await expect(row(page, shift.id)).toBeVisible();
  await cancelShifts([shift.id]);
});

test("a page whose session has ended goes to the sign-in page by itself", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  const own = await context.newPage();
  await signIn(own, "ops");
  await own.goto("/live");
  await hydrated(own);
  await expect(chip(own)).toHaveText(/live/);
  await context.request.post("/sign-out", { headers: { Origin: baseURL as string } });
  await own.waitForURL(/\/sign-in/);
  await context.close();
});

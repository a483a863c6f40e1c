import type { Locator, Page } from "@playwright/test";

import { openClient, type Sql } from "../../db/connections";
import { loginUrl } from "../../db/environment";
import { expect, hydrated, signIn, test } from "./console";
import { cancelShifts, planOwnShift } from "./own-shift";
import { expectSound } from "./sound";

test.slow();

async function openEvents(page: Page): Promise<void> {
  await page.goto("/live?tab=events");
  await hydrated(page);
  await expect(page.locator("[data-feed][data-watched]")).toBeVisible({ timeout: 60_000 });
}

const plans = { unfilled: [10, true], "no-show": [45, false], "at-risk": [-20, true], late: [12, false] } as const;
const planned: number[] = [];
test.afterEach(() => cancelShifts(planned.splice(0)));

/** An alarm of a shift of its own, at a location of its own; a page without script is loaded until it stands there. */
async function raiseAlarm(page: Page, kind: keyof typeof plans, { hasScript = true } = {}): Promise<Locator> {
  const [beganMinutesAgo, isVacant] = plans[kind];
  const { id, locationName } = await planOwnShift(beganMinutesAgo, { isVacant });
  planned.push(id);
  const row = page.locator(`[data-alarm][data-kind="${kind}"]:visible`, { hasText: locationName });
  await expect(async () => {
    if (!hasScript) await page.reload();
    await expect(row).toBeVisible({ timeout: hasScript ? 60_000 : 2_000 });
  }).toPass({ timeout: 60_000 });
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
  const row = await raiseAlarm(page, "unfilled");
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
  const row = await raiseAlarm(page, "no-show");
  // The page does not hear of it in time.
  await page.route("**/live/feed", (route) => (route.request().method() === "GET" ? undefined : route.continue()));
  await openEvents(colleague);
  const seen = await follow(row, colleague);
  // The page shows what it asks for before it is answered.
  const answered = colleague.waitForResponse(
    (answer) => answer.url().endsWith("/live/feed") && answer.request().method() === "POST",
  );
  await button(seen, "Acknowledge").click();
  expect((await answered).ok()).toBe(true);
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
  const row = await raiseAlarm(page, "at-risk");
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
    const row = await raiseAlarm(page, "late", { hasScript: false });
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
        await expectSound(page);
      }
    });
  });
}

const silentCount = 40;

/** Guards on posts of their own who reported for hours and are missed in three seconds, all at once. */
async function fallSilent(product: Sql): Promise<string[]> {
  return product.begin(async (day) => {
    const posts = await day<{ id: string }[]>`
      insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                          hourly_rate)
      select company.id, place.organization_id, place.id, guard.id, 'active',
             now() - interval '2 hours', now() + interval '5 hours', 60
      from (select id from organizations where kind = 'company' order by id limit 1) as company,
           (select id, row_number() over (order by id desc) as number from security_professionals as free
            where vca_valid_until > now() + interval '1 day' and guard_pass_valid_until > now() + interval '1 day'
              and not exists (select from shifts
                              where professional_id = free.id and status in ('assigned', 'active')
                                and end_datetime > now() - interval '1 day' and start_datetime < now() + interval '1 day')
            limit ${silentCount}) as guard
      join (select id, organization_id, row_number() over (order by id) as number from locations) as place
        using (number)
      returning id`;
    const ids = posts.map(({ id }) => id);
    await report(day as unknown as Sql, ids, "15 minutes");
    return ids;
  }) as Promise<string[]>;
}

async function report(product: Sql, shiftIds: string[], ago: string): Promise<void> {
  await product`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius,
                              recorded_at, created_at)
    select shifts.id, professional_id, 'ping', location_point, 8, true, heard, heard
    from shifts join locations on locations.id = location_id,
         (select now() - ${ago}::interval + interval '3 s' as heard) as word
    where shifts.id = any(${shiftIds}::bigint[])`;
}

test("40 guards fall silent at once and one outage appears", async ({ page, as }) => {
  const environment = JSON.parse(process.env.CONSOLE_TEST_ENVIRONMENT as string);
  const product = openClient(environment.DATABASE_URL, { max: 1, applicationName: "tests" });
  const own = openClient(loginUrl(environment, "console_app"), { max: 1, applicationName: "tests" });
  let shiftIds: string[] = [];
  try {
    await as("ops");
    await page.goto("/live?state=unobserved");
    await hydrated(page);
    await expect(page.getByText("No shift matches")).toBeVisible();
    shiftIds = await fallSilent(product);
    expect(shiftIds).toHaveLength(silentCount);

    const notice = page.locator("[data-outage]");
    await expect(notice).toContainText(/One outage since .* shifts are unobserved/, { timeout: 60_000 });
    await expect(page).toHaveTitle(/^\(\d+\) Live/);
    const rows = page.locator("[data-count]");
    await expect
      .poll(async () => Number(await rows.getAttribute("data-count")), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(silentCount);
    const unseen = page.locator("[data-row]", { hasText: "Unobserved · unseen for 15 min" });
    await expect(unseen.first()).toBeVisible();
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.screenshot({ path: `test-results/pictures/live-outage-${scheme}.png` });
      await expectSound(page, { within: "[data-outage]" });
    }
    await page.getByRole("link", { name: /^Events/ }).click();
    await expect(page.locator('[data-alarm][data-kind="outage"]')).toHaveCount(1);
    await expect(page.locator("[data-alarm]").first()).toHaveAttribute("data-kind", "outage");
    expect(await own`select kind from alarms where shift_id = any(${shiftIds}::bigint[])`).toHaveLength(0);

    await page.getByRole("link", { name: /shifts are unobserved/ }).click();
    await expect(page.locator(`[data-shift="${shiftIds[0]}"]`)).toBeVisible();
    await report(product, shiftIds, "3 s");
    await expect(page.locator(`[data-shift="${shiftIds[0]}"]`)).toBeHidden({ timeout: 30_000 });
    await endOutage(own);
    await expect(notice).toBeHidden({ timeout: 60_000 });
    const spans = await own`
      select from unobserved_spans where shift_id = any(${shiftIds}::bigint[]) and until_at > from_at`;
    expect(spans).toHaveLength(silentCount);
  } finally {
    await product`
      update shifts set status = 'cancelled', cancel_reason = 'system test' where id = any(${shiftIds}::bigint[])`;
    await endOutage(own);
    await product.end();
    await own.end();
  }
});

/** The next judgement ends it, unless enough are still silent. */
const endOutage = (own: Sql) => own`update alarm_clock set outage_held_at = 'epoch' where outage_held_at is not null`;

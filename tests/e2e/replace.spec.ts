import { openClient, type Sql } from "../../db/connections";
import { expect, holdBack, hydrated, password, test } from "./console";
import { expectSound } from "./sound";

let product: Sql;

test.beforeAll(() => {
  product = openClient(process.env.CONSOLE_TEST_DATABASE_URL as string, { max: 1, applicationName: "tests" });
});
test.afterAll(() => product.end());

/** A shift that began 40 minutes ago, of a guard who never came; its company employs nobody, so all others are ZZP. */
async function planNoShow(): Promise<{ id: number; guardId: number }> {
  const [shift] = await product<{ id: string; guardId: string }[]>`
    with company as (insert into organizations (name, kind) values ('Avondwacht', 'company') returning id)
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                        hourly_rate)
    select company.id, location.organization_id, location.id, guard.id, 'assigned',
           now() - interval '40 minutes', now() + interval '5 hours', 60
    from company,
         (select id, organization_id from locations where city = 'Amsterdam' order by id limit 1) as location,
         (select id from security_professionals as free
          where employment = 'zzp' and vca_valid_until > now() + interval '1 day' and guard_pass_valid_until > now() + interval '1 day'
            and not exists (select from shifts
                            where professional_id = free.id and status in ('assigned', 'active')
                              and end_datetime > now() - interval '1 day' and start_datetime < now() + interval '1 day')
          order by id desc limit 1) as guard
    returning id, professional_id as "guardId"`;
  return { id: Number(shift?.id), guardId: Number(shift?.guardId) };
}

const guardOf = async (id: number) =>
  Number((await product<{ guard: string }[]>`select professional_id as guard from shifts where id = ${id}`)[0]?.guard);

test("support replaces a no-show by keyboard alone, takes it back, and is told why not a second time", async ({
  page,
  as,
}) => {
  await as("support");
  const shift = await planNoShow();
  await page.goto(`/live?shift=${shift.id}`);
  await hydrated(page);
  await expect(page.getByRole("link", { name: /Replace the guard/ })).toBeVisible();
  const startedAt = Date.now();
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: /^Replace / })).toBeFocused();
  await expect(page.locator("[data-funnel]")).toContainText(/within .* can/);
  const show = page.getByLabel("Show");
  await show.focus();
  await show.selectOption("clear");
  await expect(page.getByRole("link", { name: "Clear", exact: true })).toBeVisible();
  await expect(show).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/guard=\d+/);
  await expect(page.getByLabel("Reason", { exact: true })).toHaveValue("no-show");
  await expect(page.getByRole("button", { name: "Offer the shift" })).toBeFocused();
  await page.getByLabel("How", { exact: true }).selectOption("assign");
  const give = page.getByRole("button", { name: "Give the shift" });
  await expect(give).toBeFocused();
  const chosenAt = Date.now();
  await expectSound(page);
  const pressedAt = Date.now();
  await page.keyboard.press("Enter");
  const change = page.getByRole("region", { name: "Change" });
  await expect(change).toContainText("done");
  expect(chosenAt - startedAt + Date.now() - pressedAt).toBeLessThan(15_000);
  const taker = await guardOf(shift.id);
  expect(taker).not.toBe(shift.guardId);
  const replaced = page.url();

  await page.keyboard.press("u");
  await expect(page.getByRole("heading", { level: 1, name: "Undo a reassignment" })).toBeFocused();
  await page.getByRole("button", { name: "Undo a reassignment" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(replaced);
  await expect(change).toContainText("done");
  expect(await guardOf(shift.id)).toBe(shift.guardId);

  await page.goto(replaced);
  await hydrated(page);
  await change.getByRole("link", { name: "Undo" }).click();
  await expect(page.getByText(/taken back/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo a reassignment" })).toHaveCount(0);
});

test("of two supporters who choose for the same shift one wins, and the other is told who did what and may do it all the same", async ({
  page,
  as,
  context,
}) => {
  await as("support");
  const shift = await planNoShow();
  const [first, second] = [page, await context.newPage()];
  for (const one of [first, second]) {
    await one.goto(`/shifts/${shift.id}/replace?reason=no-show&show=clear&way=assign`);
    await hydrated(one);
    await one
      .getByRole("row")
      .nth(one === first ? 1 : 2)
      .getByRole("link")
      .click();
    await expect(one.getByRole("button", { name: "Give the shift" })).toBeVisible();
  }
  await first.getByRole("button", { name: "Give the shift" }).click();
  await expect(first.getByRole("region", { name: "Change" })).toContainText("done");
  await second.getByRole("button", { name: "Give the shift" }).click();
  await expect(second.getByRole("alert")).toContainText(/is not as you saw it/);
  const winner = await guardOf(shift.id);
  await second.getByRole("button", { name: "Give the shift" }).click();
  await expect(second.getByRole("region", { name: "Change" })).toContainText("done");
  expect(await guardOf(shift.id)).not.toBe(winner);
  await second.close();
});

test("support offers a shift to a self-employed guard, who declines by phone; the next in the list takes it", async ({
  page,
  as,
}) => {
  await as("support");
  const shift = await planNoShow();
  await page.goto(`/shifts/${shift.id}/replace?reason=no-show&show=clear`);
  await hydrated(page);
  await page.getByRole("row").nth(1).getByRole("link").click();
  await expect(page.getByLabel("Minutes to answer")).toHaveValue("5");
  await page.getByRole("button", { name: "Offer the shift" }).click();
  const change = page.getByRole("region", { name: "Change" });
  await expect(change).toContainText(/is offered to .* until \d\d:\d\d; then /);
  const offers = page.getByRole("list", { name: "Offers" });
  await expect(offers.getByRole("listitem")).toHaveCount(1);
  expect(await guardOf(shift.id)).toBe(shift.guardId);
  await expectSound(page);
  await page.screenshot({ path: "test-results/pictures/offers.png", fullPage: true });

  await offers.getByRole("link", { name: /declines$/ }).click();
  await page.getByRole("button", { name: "Record the answer to an offer" }).click();
  await expect(change).toContainText(/declined shift \d+\. It is offered to/);
  await expect(offers.getByRole("listitem")).toHaveText([/^open/, /^declined/]);
  await offers.getByRole("link", { name: /takes it$/ }).click();
  await page.getByRole("button", { name: "Record the answer to an offer" }).click();
  await expect(change).toContainText(/took shift \d+ in place of/);
  await expect(offers.getByRole("listitem")).toHaveText([/^accepted/, /^declined/]);
  expect(await guardOf(shift.id)).not.toBe(shift.guardId);
  await expect(page.getByRole("table", { name: "Messages" })).toContainText("not configured");
});

/** Ten open shifts of one far day at one location, to which guards live near. */
async function planTen(): Promise<{ ids: number[]; address: string }> {
  const rows = await product<{ id: string; location: string; day: string }[]>`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    select company.id, location.organization_id, location.id, 'published', starts.at, starts.at + interval '6 hours', 60
    from (select id from organizations where kind = 'company' order by id limit 1) as company,
         (select id, organization_id from locations where city = 'Amsterdam' order by id limit 1) as location,
         (select date_trunc('day', now()) + interval '40 days 9 hours' + n * interval '1 minute' as at
          from generate_series(1, 10) as n) as starts
    returning id, location_id as location, to_char(start_datetime, 'YYYY-MM-DD') as day`;
  const [{ location, day } = { location: "", day: "" }] = rows;
  const address = `/shifts?location=${location}&from=${day}&until=${day}&unassigned=1`;
  return { ids: rows.map(({ id }) => Number(id)), address };
}

test("of ten that are replaced at once three fail: seven are done, and three reasons are told", async ({
  page,
  as,
}) => {
  await as("support");
  const { ids, address } = await planTen();
  const letBarCome = await holdBack(page, /\/bulk-bar-[^/]*\.js$/);
  await page.goto(address);
  await hydrated(page);
  await expect(page.locator("[data-count]")).toContainText("10 shifts");
  const bar = page.getByRole("region", { name: "Selected shifts" });
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  letBarCome();
  await expect(bar).toContainText("1 shift selected");
  for (const _ of ids.slice(1)) await page.keyboard.press("Shift+J");
  await expect(bar).toContainText("10 shifts selected");
  await expectSound(page);
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Replace 10 shifts" })).toBeVisible();
  const chosen = page.getByRole("combobox", { name: /^Who comes to shift/ });
  await expect(chosen).toHaveCount(10);
  const guards = await chosen.evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).value));
  expect(new Set(guards).size).toBe(10);
  await page.getByLabel("Reason", { exact: true }).first().selectOption("planning error");
  await expect(page.getByText("Reassigns 10 shifts, of which 10 can be as they stand now.")).toBeVisible();
  await expectSound(page);

  const changed = ids.slice(0, 3);
  await product`update shifts set hourly_rate = 61 where id in ${product(changed)}`;
  await page.getByLabel("Type 10 shifts to confirm").fill("10 shifts");
  await page.getByLabel("Reason", { exact: true }).last().fill("The agency sends others");
  await page.getByLabel("Your password").fill(password);
  await page.getByRole("button", { name: "Reassign several shifts" }).click();
  await expect(page.getByRole("heading", { name: "7 done, 3 not" })).toBeVisible();
  const rows = page.getByRole("table", { name: "Each shift and what became of it" }).getByRole("row");
  await expect(rows.filter({ hasText: /not done.*is not as you saw it/ })).toHaveCount(3);
  await expect(rows.getByRole("link", { name: /^Undo shift/ })).toHaveCount(7);
  const run = page.url();

  await page.getByRole("link", { name: "Try the 3 again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Replace 3 shifts" })).toBeVisible();
  await expect(chosen).toHaveCount(3);
  await page.goto(run);
  await hydrated(page);
  await page.getByRole("link", { name: `Undo shift ${ids[9]}` }).click();
  await page.getByRole("button", { name: "Undo a reassignment" }).click();
  await expect(page.getByRole("region", { name: "Change" })).toContainText("done");
  expect(await guardOf(ids[9] as number)).toBe(0);
  expect(await guardOf(ids[8] as number)).toBeGreaterThan(0);
});

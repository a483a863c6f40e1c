import AxeBuilder from "@axe-core/playwright";
import { openClient, type Sql } from "../../db/connections";
import { expect, hydrated, test } from "./console";

let product: Sql;

test.beforeAll(() => {
  product = openClient(process.env.CONSOLE_TEST_DATABASE_URL as string, { max: 1, applicationName: "tests" });
});
test.afterAll(() => product.end());

/** A shift that began 40 minutes ago, of a guard who never came. */
async function planNoShow(): Promise<{ id: number; guardId: number }> {
  const [shift] = await product<{ id: string; guardId: string }[]>`
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                        hourly_rate)
    select company.id, location.organization_id, location.id, guard.id, 'assigned',
           now() - interval '40 minutes', now() + interval '5 hours', 60
    from (select id from organizations where kind = 'company' order by id limit 1) as company,
         (select id, organization_id from locations where city = 'Amsterdam' order by id limit 1) as location,
         (select id from security_professionals as free
          where vca_valid_until > now() + interval '1 day' and guard_pass_valid_until > now() + interval '1 day'
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
  await page.getByLabel("Show").selectOption("clear");
  await expect(page).toHaveURL(/show=clear/);
  await page.locator("h1").focus();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/guard=\d+/);
  await expect(page.getByLabel("Reason", { exact: true })).toHaveValue("no-show");
  const give = page.getByRole("button", { name: "Give the shift" });
  await expect(give).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
  await page.keyboard.press("Enter");
  const change = page.getByRole("region", { name: "Change" });
  await expect(change).toContainText("done");
  expect(Date.now() - startedAt).toBeLessThan(60_000);
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

test("of two supporters who choose for the same shift one wins, and the other is told who did what", async ({
  page,
  as,
  context,
}) => {
  await as("support");
  const shift = await planNoShow();
  const [first, second] = [page, await context.newPage()];
  for (const one of [first, second]) {
    await one.goto(`/shifts/${shift.id}/replace?reason=no-show&show=clear`);
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
  await second.close();
});

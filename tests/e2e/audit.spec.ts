import { expect, hydrated, test } from "./console";

test("a refusal is on record, found by outcome and person, and opened by its permalink", async ({
  page,
  as,
  context,
}) => {
  await as("support");
  expect((await page.goto("/database"))?.status()).toBe(403);
  await context.clearCookies();

  await as("dba");
  await page.goto("/audit");
  await hydrated(page);
  await page.getByLabel("Outcome").selectOption("refused");
  await expect(page).toHaveURL(/outcome=refused/);
  await page.getByLabel("Person").selectOption("Samir Bakker");
  await expect(page).toHaveURL(/person=support/);
  const row = page.getByRole("row").nth(1);
  await expect(row).toContainText("refused");
  await expect(row).toContainText("Samir Bakker");
  await row.getByRole("link").click();
  await page.getByRole("link", { name: "Permalink" }).click();
  await expect(page).toHaveURL(/\/audit\?event=\d+$/);
  await expect(page.getByText("support@securyflex.example")).toBeVisible();
});

test("a filter without events says so and leads back; an event that is not there is not found", async ({
  page,
  as,
}) => {
  await as("dba");
  await page.goto("/audit?text=nothing-has-this-text");
  await expect(page.getByText("No event matches")).toBeVisible();
  await page.getByRole("link", { name: "Show all events" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();

  expect((await page.goto("/audit?event=999999999"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such event" })).toBeVisible();
  expect((await page.goto("/audit?event=abc"))?.status()).toBe(404);
});

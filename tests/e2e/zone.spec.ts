import { expect, hydrated, test } from "./console";

test("times are those of the console's zone, and the zone stands beside them", async ({ page, as }) => {
  await as("ops");
  await page.goto("/account");
  await hydrated(page);
  await expect(page.getByText(/^\d\d:\d\d Europe\/Amsterdam \(CES?T\)$/)).toBeVisible();
  await expect(page.getByText(/^Yours:/)).toHaveCount(0);
});

test.describe("on a device of another zone", () => {
  test.use({ timezoneId: "America/New_York" });

  test("the own time stands beside the console's, and nothing else changes", async ({ page, as }) => {
    await as("ops");
    await page.goto("/account");
    await hydrated(page);
    await expect(page.getByText(/^Yours: \d\d:\d\d GMT-[45]$/)).toBeVisible();
    await expect(page.getByRole("cell", { name: /CES?T$/ }).first()).toBeVisible();
  });
});

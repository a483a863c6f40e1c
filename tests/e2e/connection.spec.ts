import { expect, hydrated, test } from "./console";

test("a device that loses its connection says so until it is back", async ({ page, as, context }) => {
  await as("ops");
  await page.goto("/account");
  await hydrated(page);
  await context.setOffline(true);
  await expect(page.getByText("This device is offline.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("This device is offline.")).toBeHidden();
  await expect(page.getByText("This device is online again.")).toBeVisible();
});

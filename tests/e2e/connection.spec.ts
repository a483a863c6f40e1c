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

test("a reading that a navigation called off is no fault, and any other is one", async ({ page, as, faults }) => {
  await as("ops");
  await page.goto("/account");
  await hydrated(page);
  const reject = (name: string) =>
    page.evaluate((of) => void Promise.reject(new DOMException(`trial of ${of}`, of)), name);
  await reject("AbortError");
  await reject("DataError");
  await expect.poll(() => faults).toEqual(["threw: trial of DataError"]);
  faults.length = 0;
});

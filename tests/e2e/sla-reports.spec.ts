import { expect, hydrated, test } from "./console";
import { expectSoundInEachLook } from "./sound";

test("a manager makes the report of a client, reads it, prints it and takes it along", async ({ page, as }) => {
  test.slow(true, "in a console that has just begun the worker freezes the facts first");
  await as("manager");
  await page.goto("/sla/reports");
  await hydrated(page);
  const make = page.locator("form[action='/sla/reports/make']");
  await expect(make.getByLabel("Client").locator("option").nth(1)).toBeAttached();
  await make.getByLabel("Client").selectOption({ index: 1 });
  await make.getByRole("button", { name: "Show the plan" }).click();
  await expect(page).toHaveURL(/\/sla\/reports\/make\?client=\d+/);
  const confirm = page.getByRole("button", { name: "Make a service-level report" });
  await expect(async () => {
    await page.reload();
    await expect(confirm, "the worker has frozen the week").toBeVisible({ timeout: 1_000 });
  }).toPass();
  await confirm.click();
  await expect(page).toHaveURL(/\/sla\/reports\?run=/);
  await expect(page.getByRole("region", { name: "Run" }).getByText(/^1 report is kept/)).toBeVisible();

  await page.locator("tbody a[href^='/sla/reports/']").first().click();
  await expect(page.getByRole("heading", { level: 1, name: /^Weekly report for / })).toBeVisible();
  await expect(page.getByText("made again: the same to the byte")).toBeVisible();
  await expect(page.getByRole("cell", { name: "On-time check-in", exact: true })).toBeVisible();
  await expectSoundInEachLook(page, "sla-report");

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(page.locator("[data-shell='frame']").first()).toBeHidden();
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(paper).toBe("light");
  const [sheet, screen] = await page.evaluate(() => [document.querySelector("main")?.clientWidth, window.innerWidth]);
  expect(sheet).toBe(screen);
  await page.screenshot({ path: "test-results/pictures/sla-report-print.png", fullPage: true });
  await page.emulateMedia({ media: "screen" });

  const file = async (ending: string) => {
    const answer = await page.request.get(`${page.url()}.${ending}`);
    expect(answer.status()).toBe(200);
    return answer.body();
  };
  expect((await file("csv")).toString()).toContain("On-time check-in");
  const pdf = await file("pdf");
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(pdf.equals(await file("pdf"))).toBe(true);
});

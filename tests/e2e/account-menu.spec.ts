import { emailOf, expect, hydrated, password, signIn, test } from "./console";

const background = "getComputedStyle(document.documentElement).backgroundColor";
const dark = "rgb(13, 14, 16)";
const light = "rgb(247, 247, 248)";

test("a chosen theme shows at once, stays, and comes from the server without a flash", async ({ page, as }) => {
  await as("ops");
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/account");
  await hydrated(page);
  expect(await page.evaluate(background)).toBe(light);
  await page.getByRole("button", { name: /^Olivia de Groot/ }).click();
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  expect(await page.evaluate(background)).toBe(dark);

  const html = await (await page.request.get("/account")).text();
  expect(html).toContain('data-theme="dark"');
  await page.reload();
  expect(await page.evaluate(background)).toBe(dark);
});

test("without a choice the theme follows the system", async ({ page, as }) => {
  await as("ops");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/account");
  expect(await page.evaluate(background)).toBe(dark);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await page.evaluate(background)).toBe(light);
});

test("signing out ends the session, also for the back button", async ({ page }) => {
  await signIn(page, "support");
  await hydrated(page);
  await page.getByRole("button", { name: /^Samir Bakker/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the palette signs out by keyboard", async ({ page }) => {
  await signIn(page, "support");
  await hydrated(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sign out");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("people sign in, read, sort, filter and sign out", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(emailOf("manager"));
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/sla");
    await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: "Audit" }).click();
    await page.getByLabel("Action").selectOption("session.open");
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page).toHaveURL(/action=session\.open/);
    await expect(page.getByRole("row").nth(1)).toContainText("session.open");
    await page.getByRole("button", { name: /^Marit Visser/ }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

import { expect, hydrated, test } from "./console";

test.beforeEach(async ({ page, as }) => {
  await as("admin");
  await page.goto("/audit");
  await hydrated(page);
});

test("Ctrl K finds a room by typing and Enter goes there; the heading takes the focus", async ({ page }) => {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /^Search rooms/ })).toBeFocused();
  await page.keyboard.type("sta");
  await expect(page.getByRole("dialog").getByRole("option")).toHaveText([/^Staff/]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/staff");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("the arrows walk the palette around, and the combobox names the current option", async ({ page }) => {
  await page.keyboard.press("Control+k");
  const current = page.locator('[role="option"][aria-selected="true"]');
  await expect(current).toHaveText(/^Live/);
  await page.keyboard.press("ArrowDown");
  await expect(current).toHaveText(/^Shifts/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(current).toHaveText(/^Keyboard shortcuts/);
  const id = await current.getAttribute("id");
  await expect(page.getByRole("combobox", { name: /^Search rooms/ })).toHaveAttribute(
    "aria-activedescendant",
    id as string,
  );
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("the palette opens a shift by its number and says where it finds nothing", async ({ page }) => {
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zzz");
  await expect(page.getByText("Nothing is called “zzz”.")).toBeVisible();
  await page.getByRole("combobox", { name: /^Search rooms/ }).fill("#999999999");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/shifts/999999999");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("g and the key of a room go to it", async ({ page }) => {
  for (const [key, path] of [
    ["t", "/staff"],
    ["o", "/operations"],
    ["l", "/sla"],
    ["a", "/audit"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page).toHaveURL(path);
  }
});

test("? lists every shortcut, / goes to the page's search, and both leave text alone", async ({ page }) => {
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard" });
  await expect(sheet.getByText("Search the console")).toBeVisible();
  await expect(sheet.getByRole("definition")).toHaveCount(21);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Text" })).toBeFocused();
  await page.keyboard.type("g a?/");
  await expect(page.getByRole("searchbox", { name: "Text" })).toHaveValue("g a?/");
  await expect(sheet).toBeHidden();
});

test("a key pressed as the palette closes counts", async ({ page }) => {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: /^Search rooms/ })).toBeFocused();
  await page.evaluate(() => {
    const field = document.activeElement;
    field?.closest("dialog")?.close();
    field?.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
  });
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

test("single keys can be switched off, and Ctrl K still acts", async ({ page }) => {
  await page.keyboard.press("?");
  await page.getByLabel(/^Shortcuts of a single key act/).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await hydrated(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Text" })).not.toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("j and k walk the rows and Enter opens one; its address is its permalink", async ({ page }) => {
  const rows = page.locator("tbody tr");
  await page.keyboard.press("j");
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.first()).toBeFocused();
  const id = await rows.first().getAttribute("data-row");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/audit?event=${id}`);
  await expect(page.getByRole("heading", { name: `Event ${id}` })).toBeVisible();
});

test("the first Tab offers to skip the navigation", async ({ page }) => {
  await page.reload();
  await hydrated(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

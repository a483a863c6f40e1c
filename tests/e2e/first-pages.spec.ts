import { firstPages, permissions, roles } from "../../app/auth/permissions";
import { rooms, roomsFor } from "../../app/auth/rooms";
import { expect, signIn, test } from "./console";

for (const role of roles) {
  test(`${role} signs in, stands on the first page of the role and sees exactly its rooms`, async ({ page }) => {
    await signIn(page, role);
    await expect(page).toHaveURL(firstPages[role]);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const links = page.getByRole("navigation", { name: "Rooms" }).getByRole("link");
    await expect(links).toHaveCount(roomsFor(role).length);
    for (const [position, { label }] of roomsFor(role).entries()) {
      await expect(links.nth(position)).toHaveAccessibleName(label);
    }
    const current = page.getByRole("navigation", { name: "Rooms" }).locator('[aria-current="page"]');
    await expect(current).toHaveAttribute("href", firstPages[role]);
  });

  test(`${role} is refused the rooms of others, on a page that says so`, async ({ page, as }) => {
    await as(role);
    for (const room of rooms.filter(
      ({ permission }) => !(permissions[permission] as readonly string[]).includes(role),
    )) {
      const answer = await page.goto(room.path);
      expect(answer?.status()).toBe(403);
      await expect(page.getByRole("navigation", { name: "Rooms" })).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("link", { name: "Go to your first page" })).toHaveAttribute("href", "/");
    }
  });
}

test("who is signed out is sent to the door and comes back to the page that was asked for", async ({ page }) => {
  await page.goto("/audit?outcome=refused");
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await page.getByLabel("Email").fill("admin@securyflex.example");
  await page.getByLabel("Password", { exact: true }).fill(process.env.CONSOLE_PASSWORD ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/audit?outcome=refused");
});

test("an address without a page says so inside the console, and alone to who is signed out", async ({ page, as }) => {
  await as("ops");
  expect((await page.goto("/nowhere"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await expect(page.getByText(/^Request [0-9a-f-]{36}$/)).toBeVisible();
  await expect(page).toHaveTitle("Not found · SecuryFlex ops");
  await page.getByRole("link", { name: "Go to your first page" }).click();
  await expect(page).toHaveURL("/live");
});

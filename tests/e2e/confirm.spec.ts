import { expect, hydrated, test } from "./console";
import { expectSound } from "./sound";

test("ending all sessions of a person asks first; leaving the question changes nothing", async ({ page, as }) => {
  await as("support");
  await as("admin");
  await page.goto("/staff");
  await hydrated(page);
  const ask = page.getByRole("button", { name: "End all sessions of Samir Bakker" });
  await ask.click();
  const question = page.getByRole("dialog", { name: "End all sessions of Samir Bakker?" });
  await expect(question.getByRole("button", { name: "End sessions" })).toBeVisible();
  await expectSound(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await expect(ask).toBeFocused();
  await page.reload();
  await expect(ask).toBeVisible();
});

import { expect, hydrated, test } from "./console";
import { playLateClient } from "./late-client";
import { expectSound } from "./sound";

const client = "Zuidplas Bloemen";

test.beforeAll(() => playLateClient(client));

test("a manager finds why last week's on-time fell, replays the breach on the board and shares the evidence", async ({
  page,
  as,
}) => {
  await as("manager");
  await page.goto("/sla?range=7d&metric=on-time&by=client");
  await hydrated(page);
  await expect(page.getByText(`Had ${client} stayed as it was, it would stand at`)).toContainText("points worse");
  const causes = page.getByRole("region", { name: "On-time check-in by client" });
  const row = causes.getByRole("row", { name: client });
  await expect(row).toContainText("worse");
  await expect(row).toContainText("0 % of 144");
  await row.getByRole("link", { name: client }).click();

  await expect(page).toHaveURL(/\/sla\/shifts\?.*metric=on-time&part=misses&by=client&key=/);
  await expect(
    page.getByText(new RegExp(`^144 shifts that missed On-time check-in, .*, client ${client}`)),
  ).toBeVisible();
  await expect(page.locator("tbody tr").first()).toContainText("0 of 1 on time, late 12 min");
  await expectSound(page);
  const replay = page.getByRole("link", { name: /^Board at / }).first();
  const shiftId = (await replay.getAttribute("aria-label"))?.match(/\d+$/)?.[0] as string;
  await replay.click();

  await expect(page).toHaveURL(new RegExp(`/live\\?at=.*&shift=${shiftId}`));
  await expect(page.locator("[data-past]")).toContainText("not live");
  const panel = page.getByRole("region", { name: `Shift ${shiftId}` });
  await expect(panel.getByRole("status").first()).toContainText("has not checked in yet");

  await page.goto(`/sla/shifts/${shiftId}/breach?metric=coverage`);
  await expect(page).toHaveURL(new RegExp(`/live\\?at=.*&shift=${shiftId}`));
  await page.goto(`/sla/shifts/${shiftId}/breach?metric=never`);
  await expect(page.getByRole("heading", { name: "There is no such breach" })).toBeVisible();

  await page.goto(`/shifts/${shiftId}`);
  await page.getByRole("link", { name: "Evidence", exact: true }).click();
  await page.getByRole("link", { name: "Share the evidence" }).click();
  await page.getByLabel("For whom").fill(`${client}, legal`);
  await page.getByLabel("Days").fill("7");
  await page.getByRole("button", { name: "Show the plan" }).click();
  await page.getByLabel(`Type shift:${shiftId} to confirm`).fill(`shift:${shiftId}`);
  await page.getByLabel("Reason", { exact: true }).fill("They ask why nobody stood at the gate");
  await page.getByRole("button", { name: "Share the evidence of a shift" }).click();
  const address = page.getByTestId("evidence-address");
  await expect(address).toBeVisible({ timeout: 20_000 });
  await page.goto(new URL(await address.innerText()).pathname);
  await expect(page.getByText(`${client}, legal`)).toBeVisible();
});

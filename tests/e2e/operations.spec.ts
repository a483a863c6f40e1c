import postgres from "postgres";

import { expect, hydrated, test } from "./console";
import { expectSoundInEachLook } from "./sound";

test("a DBA ends the session that blocks another, and the run's page proves it", async ({ page, as }) => {
  const environment = JSON.parse(process.env.CONSOLE_TEST_ENVIRONMENT as string) as Record<string, string>;
  const url = environment.DATABASE_OPS_URL ?? (process.env.CONSOLE_TEST_DATABASE_URL as string);
  const owner = postgres(process.env.CONSOLE_TEST_DATABASE_URL as string, { max: 2 });
  const [{ isSuperuser } = { isSuperuser: true }] = await owner<{ isSuperuser: boolean }[]>`
    select rolsuper as "isSuperuser" from pg_roles where rolname = current_user`;
  if (isSuperuser)
    await owner`create role e2e_client login password 'e2e client' in role console_ops`.catch(() => undefined);
  const address = new URL(url);
  if (isSuperuser) [address.username, address.password] = ["e2e_client", "e2e%20client"];
  const culprit = postgres(address.href, { max: 1, connection: { application_name: "payroll" } });
  const session = await culprit.reserve();
  try {
    const [row] = await session<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await session`begin`;
    // A lock that no page of another journey waits for.
    await session`select pg_advisory_xact_lock(4711)`;
    const blocked = owner.begin((own) => own`select pg_advisory_xact_lock(4711)`).catch(() => undefined);
    await as("dba");
    await page.goto("/operations");
    await hydrated(page);
    await page.getByText("Start an operation").click();
    await page.getByRole("link", { name: "Terminate a backend" }).click();
    await page.getByLabel("Process id").fill(String(row?.pid));
    await page.getByRole("button", { name: "Show the plan" }).click();
    await expect(page.getByText(/It is payroll of/)).toBeVisible();
    await expect(page.getByText(/1 session waits for it/)).toBeVisible();
    await expectSoundInEachLook(page, "operation-plan", { fullPage: true });
    await page.getByLabel("Type pid").fill(`pid ${row?.pid}`);
    await page.getByLabel("Reason").fill("It holds up the shifts");
    await page.getByRole("button", { name: "Terminate a backend" }).click();
    await expect(page).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
    await expect(page.getByText(`The session pid ${row?.pid} has ended.`)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole("table")).toContainText("Sessions that waited for it");
    await blocked;
    await expectSoundInEachLook(page, "operation-run", { fullPage: true });
    await page.getByRole("link", { name: "All operations" }).click();
    await expect(page.getByRole("row", { name: new RegExp(`terminate-backend pid ${row?.pid} done`) })).toBeVisible();
    await page.screenshot({ path: "test-results/pictures/operations-list.png" });
  } finally {
    await culprit.end({ timeout: 0 }).catch(() => undefined);
    await owner`drop role if exists e2e_client`.catch(() => undefined);
    await owner.end({ timeout: 2 });
  }
});

import { refreshSeconds } from "../../app/database/refresh-seconds";
import { openClient } from "../../db/connections";
import type { Environment } from "../../db/environment";
import { readStatements } from "../../db/jobs/read-statements";
import { selectGuardHome } from "../../db/local/simulator/guard-home";
import { callsToProve } from "../../db/operations/statement-proof";
import { playWorker } from "../support/play-worker";
import { expect, hydrated, test } from "./console";
import { expectSound } from "./sound";

const environment: Environment = JSON.parse(process.env.CONSOLE_TEST_ENVIRONMENT ?? "{}");
const openSession = (applicationName: string) =>
  openClient(environment.DATABASE_URL as string, { max: 1, applicationName });

/** Guards open their apps, as they do while the simulator runs, and the worker counts what that cost. */
async function openGuardHomes(times: number): Promise<void> {
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
  await playWorker(environment, [readStatements], [minute]);
  const product = openSession("guard app");
  const guards = await product<{ id: string }[]>`select id from security_professionals order by id limit ${times}`;
  for (const { id } of guards) await selectGuardHome(product, { professionalId: Number(id), asOf: Date.now() });
  await product.end();
  await playWorker(environment, [readStatements], [minute]);
}

test("a dba finds the slow statement, sees that it reads a whole table, and gets the index proved", async ({
  page,
  context,
  as,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await Promise.all([openGuardHomes(60), as("dba")]);
  await page.goto("/database");
  await hydrated(page);
  await page.getByRole("link", { name: "Statements", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Statements" })).toBeFocused();
  const slow = page.getByRole("row").filter({ hasText: "professional_id = $1 and created_at >= $2" });
  await expect(slow).toContainText("60");
  await slow.getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Statement / })).toBeVisible();
  await expect(page.getByText(/60 calls/)).toBeVisible();

  const charts = page.locator("figure").filter({ has: page.locator("svg.recharts-surface") });
  await expect(charts).toHaveCount(4);
  await charts.first().locator("svg.recharts-surface").hover();
  const moments = charts.locator(".recharts-tooltip-label");
  await expect(moments).toHaveCount(4);
  expect(new Set(await moments.allInnerTexts()).size).toBe(1);

  const plan = page.getByRole("list", { name: "Plan of the statement" });
  await expect(plan).toContainText(/Seq Scan ?on gps_checkins/);
  const advised = page.getByRole("list", { name: "Advised indexes" }).getByRole("listitem").first();
  await expect(advised).toContainText("An index on gps_checkins (professional_id, created_at)");
  await expect(advised).toContainText("create index concurrently gps_checkins_professional_id_created_at_idx");
  await expect(advised).toContainText("drop index concurrently if exists");
  await advised.getByRole("button", { name: /^Copy .*up\.sql$/ }).focus();
  await page.keyboard.press("Enter");
  await expect(advised.getByText("Copied")).toBeVisible();
  await expectSound(page);

  await advised.getByRole("link", { name: "Create it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Create an index" })).toBeVisible();
  await expect(page.getByLabel("Columns", { exact: true })).toHaveValue("professional_id, created_at");
  await expect(page.getByText("create index concurrently gps_checkins_professional_id")).toBeVisible();
  const name = "public.gps_checkins_professional_id_created_at_idx";
  try {
    await page.getByLabel(`Type ${name} to confirm`).fill(name);
    await page.getByLabel("Reason", { exact: true }).fill("The home of the guards' app reads the whole table.");
    await page.getByRole("button", { name: "Create an index" }).click();
    await expect(page.getByText(`waits for ${callsToProve} calls`)).toBeVisible({ timeout: 30_000 });
    await openGuardHomes(callsToProve);
    const proof = page.getByRole("row").filter({ hasText: "Mean time of statement" });
    await expect(proof).toContainText(`ms over ${callsToProve} calls`, { timeout: 30_000 });
  } finally {
    const owner = openSession("tests");
    await owner`drop index if exists gps_checkins_professional_id_created_at_idx`;
    await owner.end();
  }
});

test("a dba takes the way out of a duplicate index as the files of a migration, or on to its operation", async ({
  page,
  as,
}) => {
  const owner = openSession("tests");
  await owner`create index incidents_twin_idx on incidents (id)`;
  try {
    await as("dba");
    await page.goto("/database/duplicate-indexes");
    await hydrated(page);
    const row = page.getByRole("row").filter({ hasText: "incidents_twin_idx" });
    await row.getByRole("link", { name: /^SQL/ }).click();
    const up = page.getByRole("figure").filter({ hasText: "NNNN_drop_incidents_twin_idx.up.sql" });
    await expect(up.locator("pre")).toHaveText(
      "-- transaction: none\ndrop index concurrently public.incidents_twin_idx;",
    );
    await expect(page.locator("#way-out")).toBeInViewport();
    await expect(page.getByRole("figure").filter({ hasText: "down.sql" })).toContainText("create index concurrently");
    await expectSound(page);
    await row.getByRole("link", { name: /^Drop an index/ }).click();
    await expect(page.getByLabel("Index", { exact: true })).toHaveValue("public.incidents_twin_idx");
  } finally {
    await owner`drop index incidents_twin_idx`;
    await owner.end();
  }
});

test("a dba finds who holds up the others, and nobody else, by the keyboard", async ({ page, as }) => {
  const [holder, first, second] = [openSession("payroll export"), openSession("app one"), openSession("app two")];
  await holder`begin`;
  await holder`lock table notifications in share row exclusive mode`;
  const waiting = Promise.all(
    [first, second].map((session) => session.begin((sql) => sql`lock table notifications in row exclusive mode`)),
  );
  try {
    await as("dba");
    await page.goto("/database");
    await hydrated(page);
    await page.getByRole("link", { name: "Blocked sessions" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Blocked sessions" })).toBeFocused();
    await expect(page.getByRole("row").filter({ hasText: "payroll export" })).toContainText("idle in transaction");
    for (const name of ["app one", "app two"]) {
      await expect(page.getByRole("row").filter({ hasText: name })).toContainText("notifications");
    }
    await expectSound(page);
  } finally {
    await holder`rollback`;
    await waiting;
    await Promise.all([holder, first, second].map((session) => session.end()));
  }
});

test("a panel in a tab that nobody looks at asks nothing, and asks at once when it is looked at again", async ({
  page,
  as,
}) => {
  await as("dba");
  await page.clock.install();
  await page.goto("/database/wait-events");
  await hydrated(page);
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("wait-events.data")) asked += 1;
  });
  const show = (state: "hidden" | "visible") =>
    page.evaluate((shown) => {
      Object.defineProperty(document, "visibilityState", { value: shown, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await page.clock.fastForward(refreshSeconds * 1000);
  await expect.poll(() => asked).toBe(1);
  await show("hidden");
  await page.clock.fastForward(10 * refreshSeconds * 1000);
  expect(asked).toBe(1);
  await show("visible");
  await expect.poll(() => asked).toBe(2);
});

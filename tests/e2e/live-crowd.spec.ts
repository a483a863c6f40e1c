import { building, inOneBuilding, openCrowd } from "../support/crowd";
import { environmentOfConsole, startSecondConsole } from "../support/second-console";
import { expect, test } from "./console";

const count = 5000;
/** Headless browsers draw the map without a graphics card. */
const settled = { timeout: 60_000 };

test("with 5,000 live shifts the map pans, and a cluster that hides a no-show shows it and opens as a list", async ({
  page,
  as,
}) => {
  test.setTimeout(240_000);
  const crowd = await openCrowd(environmentOfConsole(), count);
  const second = await startSecondConsole(crowd.variables);
  try {
    await as("ops");
    await page.goto(`${second.url}/live`);
    await expect(page.locator(`[data-map][data-idle][data-shown="${count}"]`)).toBeVisible(settled);
    await expect(page.locator(`[data-count="${count}"]`)).toBeVisible();

    const canvas = page.locator("canvas.maplibregl-canvas");
    const box = await canvas.boundingBox();
    if (!box) throw new Error("the map has no box");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.evaluate(() => {
      const gaps: number[] = [];
      let last = performance.now();
      const watch = () => {
        const now = performance.now();
        gaps.push(now - last);
        last = now;
        requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
      Object.assign(window, { gaps });
    });
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 250, y - 120, { steps: 40 });
    await page.mouse.up();
    const gaps = await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps);
    await expect(page).toHaveURL(/map=\d/, settled);
    test.info().annotations.push({ type: "longest frame, ms", description: String(Math.round(Math.max(...gaps))) });
    // A second without a picture, and an operator takes the map for broken.
    expect(Math.max(...gaps)).toBeLessThan(1000);

    await page.goto(`${second.url}/live?map=17/${building.latitude.toFixed(5)}/${building.longitude.toFixed(5)}`);
    await expect(page.locator("[data-map][data-idle]")).toBeVisible(settled);
    await canvas.click();
    const list = page.getByRole("region", { name: "Shifts of the cluster" });
    await expect(list.getByRole("heading")).toHaveText(`${inOneBuilding} shifts here`);
    await expect(list.getByRole("button", { name: /Guard/ }).first()).toHaveAccessibleName(/No-show/);
    await list.getByRole("button", { name: /Guard/ }).first().click();
    await expect(page.getByRole("region", { name: "Shift 1" })).toBeVisible();
    await page.goto("about:blank");
  } finally {
    await second.close();
    await crowd.drop();
  }
});

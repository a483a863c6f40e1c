import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const wide = { width: 1440, height: 900 };
export const looks = [
  { name: "light", colorScheme: "light", viewport: wide },
  { name: "dark", colorScheme: "dark", viewport: wide },
  { name: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

/** Axe finds nothing on the page, or in the part of it, and nothing reaches past the side of the screen. */
export async function expectSound(
  page: Page,
  { within, look }: { within?: string; look?: string } = {},
): Promise<void> {
  // What passes is described at length otherwise, and thrown away.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (within) axe.include(within);
  // The other mode opens a second page for the sake of frames, of which there are none, and takes twice as long.
  const { violations } = await axe.setLegacyMode(true).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  expect(found, look).toEqual([]);
  const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(content, look).toBeLessThanOrEqual(screen as number);
}

/** The same in each look, with a picture of it; ends wide and light. */
export async function expectSoundInEachLook(
  page: Page,
  picture: string,
  { among = looks, fullPage = false }: { among?: readonly (typeof looks)[number][]; fullPage?: boolean } = {},
): Promise<void> {
  for (const { name, colorScheme, viewport } of among) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `test-results/pictures/${picture}-${name}.png`, fullPage });
    await expectSound(page, { look: name });
  }
  await page.emulateMedia({ colorScheme: looks[0].colorScheme });
  await page.setViewportSize(looks[0].viewport);
}

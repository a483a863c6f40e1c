import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

import type { Role } from "../../app/auth/permissions";

/** The accounts of the demonstration; the password is that of the run. */
export const password = process.env.CONSOLE_PASSWORD ?? "";
export const emailOf = (role: Role) => `${role}@securyflex.example`;

/** What a page did wrong: errors of its script, violations of the policy, answers of 500 and above. */
function watch(page: Page, faults: string[]): void {
  page.on("pageerror", (error) => faults.push(`threw: ${error.message}`));
  page.on("console", (message) => {
    // The browser reports each 4xx here; the tests that ask for one look at the page it brings.
    const isRefusal = /the server responded with a status of 4\d\d/.test(message.text());
    // Remix reports an answer that nobody waits for any more, because something newer was asked, as an error.
    const isReplaced = message.text().startsWith("AbortError: signal is aborted without reason");
    if ((message.type() === "error" && !isRefusal && !isReplaced) || /hydrat/i.test(message.text()))
      faults.push(message.text());
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
}

async function watchPolicy(context: BrowserContext, faults: string[]): Promise<void> {
  await context.exposeBinding("reportViolation", (_, violation: string) => faults.push(violation));
  await context.addInitScript(() => {
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const report = (window as unknown as { reportViolation: (text: string) => void }).reportViolation;
        report(`policy: ${violatedDirective} blocked ${blockedURI} (${sourceFile}:${lineNumber})`);
      },
    );
  });
}

/** Through the form, as people do. Ends on the page that the console chooses. */
export async function signIn(page: Page, role: Role): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(emailOf(role));
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

export const test = base.extend<
  { faults: string[]; as: (role: Role) => Promise<void> },
  { cookiesOf: Map<Role, Cookies> }
>({
  cookiesOf: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern.
    async ({}, use) => {
      await use(new Map());
    },
    { scope: "worker" },
  ],
  /** A test fails for each fault, also where all it looked for was there. */
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      context.on("page", (page) => watch(page, faults));
      await watchPolicy(context, faults);
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
  /** Signs in once for each role and worker; a test that signs out signs in by itself. */
  as: async ({ browser, baseURL, context, cookiesOf }, use) => {
    await use(async (role) => {
      let cookies = cookiesOf.get(role);
      if (!cookies) {
        const door = await browser.newContext({ baseURL });
        await signIn(await door.newPage(), role);
        cookies = await door.cookies();
        cookiesOf.set(role, cookies);
        await door.close();
      }
      await context.addCookies(cookies);
    });
  },
});

/** Holds back what answers `address` until it is let go. */
export async function holdBack(page: Page, address: RegExp): Promise<() => void> {
  let letGo = () => {};
  const mayGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(address, async (route) => {
    await mayGo;
    await route.continue();
  });
  return letGo;
}

/** True once the page's script acts. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Search" }).filter({ visible: true })).toBeVisible();
}

export { expect };

import { accessSync, constants } from "node:fs";

/** The program that makes PDFs, or why there is none. */
export type Browser = { path: string } | { reason: string };

/** CHROMIUM, or where Debian puts it; `off` where no PDF is wanted. */
export function findBrowser(path = process.env.CHROMIUM || "/usr/bin/chromium"): Browser {
  if (path === "off") return { reason: "PDFs are off: CHROMIUM." };
  try {
    accessSync(path, constants.X_OK);
    return { path };
  } catch {
    return { reason: `There is no Chromium at ${path}: CHROMIUM names where it is. Printing works without it.` };
  }
}

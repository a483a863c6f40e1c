import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Browser } from "./browser";
import { reportFileName } from "./file-name";
import { PdfFailure } from "./print-pdf";
import { htmlOf, pdfOf } from "./print-report";
import type { SentReport } from "./send-reports";

/** `note` says what is missing of it; null where nothing is. */
export type Filed = { name: string; note: string | null } | { failure: string };

/**
 * Writes a report into the folder as JSON, HTML and PDF. Each file is there whole or not at all; the same report is
 * written over itself. Never throws but for `signal`.
 */
export async function fileReport(
  directory: string,
  report: SentReport,
  { browser, signal }: { browser: Browser; signal: AbortSignal },
): Promise<Filed> {
  const name = reportFileName(report);
  try {
    await writeWhole(directory, `${name}.json`, report.document);
    await writeWhole(directory, `${name}.html`, htmlOf(report));
    if ("reason" in browser) return { name, note: browser.reason };
    await writeWhole(directory, `${name}.pdf`, await pdfOf(browser, report, signal));
    return { name, note: null };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PdfFailure) return { failure: error.message };
    const code = (error as NodeJS.ErrnoException).code;
    if (!code) throw error;
    return { failure: `REPORTS_DIRECTORY could not be written: ${code}.` };
  }
}

async function writeWhole(directory: string, name: string, content: string | Buffer): Promise<void> {
  const half = join(directory, `.${name}.half`);
  try {
    const file = await open(half, "w", 0o640);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, join(directory, name));
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw error;
  }
}

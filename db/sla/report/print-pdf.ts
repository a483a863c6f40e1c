import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser } from "./browser";

/** No PDF was made. The message is a sentence for the reader. */
export class PdfFailure extends Error {
  override name = "PdfFailure";
}

const longestSeconds = 60;
const mostWaiting = 6;
let waitingCount = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Chromium numbers what it paints, on the screen or on paper. A page that is on no screen is numbered in its order.
 */
const offScreen = "<style>@media screen { body { display: none; } }</style>";

/**
 * A page that stands by itself as a PDF; the same page is the same to the byte, with `at` as its instant. The browser
 * gets one file, no network, no session and a folder of its own, and is ended at `signal` and after a
 * minute. One at a time in this process, and few that wait. Throws PdfFailure.
 */
export function printPdf(
  browser: Browser,
  html: string,
  { at, signal, timeoutMs = longestSeconds * 1000 }: { at: Date; signal?: AbortSignal; timeoutMs?: number },
): Promise<Buffer> {
  if ("reason" in browser) return Promise.reject(new PdfFailure(browser.reason));
  if (waitingCount >= mostWaiting)
    return Promise.reject(new PdfFailure(`${mostWaiting} PDFs are being made. Try again in a minute.`));
  waitingCount += 1;
  const printed = last
    .then(() => print(browser.path, html, { at, signal, timeoutMs }))
    .finally(() => {
      waitingCount -= 1;
    });
  last = printed.catch(() => undefined);
  return printed;
}

async function print(
  path: string,
  html: string,
  { at, signal, timeoutMs }: { at: Date; signal: AbortSignal | undefined; timeoutMs: number },
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "sfr-")); // short, for Chromium puts a socket below it
  try {
    await writeFile(join(folder, "report.html"), html.replace("</head>", `${offScreen}</head>`), { mode: 0o600 });
    await runBrowser(path, folder, AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]));
    const pdf = await readFile(join(folder, "report.pdf")).catch(() => {
      throw new PdfFailure("Chromium ended without a PDF.");
    });
    return normalizePdf(pdf, at);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runBrowser(path: string, folder: string, stop: AbortSignal): Promise<void> {
  stop.throwIfAborted();
  const child = spawn(path, flagsFor(folder), {
    cwd: folder,
    detached: true,
    stdio: "ignore",
    env: {
      ...{ NODE_ENV: "production", PATH: process.env.PATH, LANG: "C.UTF-8", TZ: "UTC" },
      ...{ HOME: folder, TMPDIR: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder },
    },
  });
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL");
  };
  stop.addEventListener("abort", end, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", () => reject(new PdfFailure(`Chromium did not start at ${path}.`)));
      child.once("exit", resolve);
    });
    if (stop.aborted) throw new PdfFailure("Chromium did not end in time; no PDF was made.");
    if (code !== 0) throw new PdfFailure(`Chromium failed with ${code ?? "a signal"}; no PDF was made.`);
  } finally {
    stop.removeEventListener("abort", end);
  }
}

/** Root has no sandbox of Chromium's; nobody else goes without. */
function flagsFor(folder: string): string[] {
  return [
    "--headless",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ...["--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking"],
    ...["--disable-sync", "--disable-component-update", "--no-first-run", "--no-default-browser-check"],
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    `--user-data-dir=${join(folder, "profile")}`,
    "--no-pdf-header-footer",
    `--print-to-pdf=${join(folder, "report.pdf")}`,
    pathToFileURL(join(folder, "report.html")).href,
  ];
}

/**
 * Dates of the making give way to `at`, and the numbers of the elements to their ranks: what a browser numbers before
 * the page differs from time to time. All keep their lengths and their order, so that nothing else moves.
 */
export function normalizePdf(pdf: Buffer, at: Date): Buffer {
  const stamp = at.toISOString().replace(/\D/g, "").slice(0, 14);
  const text = pdf.toString("latin1");
  const names = [...new Set(text.match(elementName))].sort();
  const ranks = new Map(names.map((name, index) => [name, `(node${String(index + 1).padStart(8, "0")})`]));
  const normal = text
    .replace(/\/(CreationDate|ModDate) \(D:\d{14}/g, `/$1 (D:${stamp}`)
    .replace(elementName, (name) => ranks.get(name) as string);
  return Buffer.from(normal, "latin1");
}

const elementName = /\(node\d{8}\)/g;

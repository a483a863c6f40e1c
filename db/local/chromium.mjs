import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { ProgramError } from "./child.mjs";
import { hasApt, installSystemPackages, isRoot, systemName } from "./debian-packages.mjs";
import { step } from "./progress.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** The Chromium of the tests: PW_CHROMIUM, else the first of the usual names. Undefined where there is none. */
export function findChromium() {
  const given = process.env.PW_CHROMIUM;
  if (given) return given;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = ["/usr/bin", ...folders].flatMap((folder) => names.map((name) => join(folder, name)));
  candidates.push("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
  return candidates.find((file) => existsSync(file));
}

/** Sees to it that there is a Chromium. Throws with a sentence where it cannot. */
export async function installChromium() {
  const found = findChromium();
  if (found && existsSync(found)) return;
  if (found) throw new Error(`PW_CHROMIUM names ${found}, and no file is there.`);
  if (!hasApt() || !isRoot()) {
    throw new Error(
      `The tests need Chromium, and this machine (${systemName()}) has none. Run "sudo apt-get install chromium", or install Chrome, or set PW_CHROMIUM to its file.`,
    );
  }
  try {
    await step("Installing Chromium", (report) => installSystemPackages(["chromium"], report), "Chromium installed");
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new Error(
      `Chromium was not installed on ${systemName()}. ${error.message}\nInstall it by hand, or set PW_CHROMIUM.`,
    );
  }
}

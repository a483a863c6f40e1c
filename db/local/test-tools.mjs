import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { ProgramError } from "./child.mjs";
import { hasApt, installSystemPackages, isRoot, systemName, unpackPackages } from "./debian-packages.mjs";
import { step } from "./progress.mjs";
import { unpackedVariables } from "./unpacked-tree.mjs";

const projectDirectory = join(import.meta.dirname, "..", "..");
const tools = join(projectDirectory, ".local", "tools");

const chromiumNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const placesBesidePath = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin", join(tools, "bin")];

/** The Chromium of the tests: PW_CHROMIUM, else the first of the usual names. Undefined where there is none. */
export function findChromium() {
  return process.env.PW_CHROMIUM || findProgram(chromiumNames) || findChromeOfMac();
}

/** The PgBouncer of the tests. Undefined where there is none. */
export function findPgbouncer() {
  return findProgram(["pgbouncer"]);
}

/** @param {string[]} names */
function findProgram(names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""), ...placesBesidePath];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}

function findChromeOfMac() {
  const file = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return existsSync(file) ? file : undefined;
}

/**
 * Sees to it that the tests have Chromium and PgBouncer: on Debian and Ubuntu as root by apt-get, as an ordinary user
 * unpacked into `.local/tools`. Throws with a sentence where it cannot.
 *
 * @param {AbortSignal} [signal]
 */
export async function installTestTools(signal) {
  const chromium = findChromium();
  if (chromium && !existsSync(chromium)) throw new Error(`PW_CHROMIUM names ${chromium}, and no file is there.`);
  const missing = [...(chromium ? [] : ["chromium"]), ...(findPgbouncer() ? [] : ["pgbouncer"])];
  if (missing.length === 0) return;
  const names = missing.join(" and ");
  if (!hasApt()) {
    throw new Error(
      `The tests need ${names}, and this machine (${systemName()}) has none. Install it, or for Chromium set PW_CHROMIUM to its file, and run them again.`,
    );
  }
  try {
    await step(
      `Installing ${names}`,
      (report) => (isRoot() ? installSystemPackages(missing, report, signal) : unpackTools(missing, report, signal)),
      `${names} installed`,
    );
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new Error(
      `The tests need ${names}. ${error.message}\nRun "sudo apt-get install ${missing.join(" ")}", or for Chromium set PW_CHROMIUM to its file, and run them again.`,
    );
  }
}

/**
 * @param {string[]} names
 * @param {(note: string) => void} report
 * @param {AbortSignal} [signal]
 */
async function unpackTools(names, report, signal) {
  const root = join(tools, "root");
  const tree = await unpackPackages(names, join(tools, "download"), report, signal);
  rmSync(root, { recursive: true, force: true });
  renameSync(tree, root);
  rmSync(join(tools, "download"), { recursive: true });
  mkdirSync(join(tools, "bin"), { recursive: true });
  const fonts = join(tools, "fonts.conf");
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>${join(root, "usr/share/fonts")}</dir><cachedir>${join(tools, "font-cache")}</cachedir></fontconfig>\n`,
  );
  const variables = { ...unpackedVariables(root), FONTCONFIG_FILE: fonts };
  const places = { chromium: "usr/lib/chromium/chromium", pgbouncer: "usr/sbin/pgbouncer" };
  for (const [name, place] of Object.entries(places)) {
    if (names.includes(name)) writeDoor(join(tools, "bin", name), join(root, place), variables);
  }
}

/**
 * A script that runs an unpacked program with what it needs.
 *
 * @param {string} file
 * @param {string} program
 * @param {Record<string, string>} variables
 */
function writeDoor(file, program, variables) {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(file, `#!/bin/sh\n${lines.join("\n")}\nexec '${program}' "$@"\n`);
  chmodSync(file, 0o755);
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ProgramError, run } from "./child.mjs";
import { step } from "./progress.mjs";

/**
 * Whether node_modules holds exactly what package-lock.json names. npm writes node_modules/.package-lock.json as its
 * last act, so a half-finished installation has none, or an older one.
 *
 * @param {string} projectDirectory
 */
export function packagesAreInstalled(projectDirectory) {
  const hiddenLock = join(projectDirectory, "node_modules", ".package-lock.json");
  if (!existsSync(hiddenLock)) return false;
  const wanted = readLock(join(projectDirectory, "package-lock.json"));
  const installed = readLock(hiddenLock);
  const names = Object.keys(wanted).filter((name) => name !== "");
  return (
    Object.keys(installed).every((name) => name in wanted) &&
    names.every((name) => {
      const found = installed[name];
      if (!found) return wanted[name].optional === true;
      return found.version === wanted[name].version && existsSync(join(projectDirectory, name, "package.json"));
    })
  );
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Brings node_modules to what package-lock.json names; nothing happens where it already is.
 * Throws with a sentence when npm fails.
 *
 * @param {string} projectDirectory
 * @param {AbortSignal} [signal]
 */
export async function installPackages(projectDirectory, signal) {
  if (packagesAreInstalled(projectDirectory)) return;
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  await step(
    "Installing npm packages, about a minute",
    async () => {
      try {
        // Development packages always: the build needs them, also where NODE_ENV says production.
        const flags = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
        // Asked politely npm first takes back what it did; the next start begins anew in any case.
        await run(program, [...args, ...flags], { cwd: projectDirectory, signal, killSignal: "SIGKILL" });
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        throw new Error(
          `The npm packages were not installed. ${error.message}\nMost often the network or the registry is in the way; run the same command again once it answers.`,
        );
      }
    },
    "npm packages installed",
  );
}

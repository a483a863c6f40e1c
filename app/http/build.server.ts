import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { projectDirectory } from "../../db/environment";
import { ProgramError, run } from "../../db/local/child.mjs";
import { isAlive } from "../../db/local/data-directory";
import { StartRefused } from "./explain-failure.server";

const stamp = join(projectDirectory, "build", "sources.sha256");
const bundle = join(projectDirectory, "build", "server", "index.js");
const lock = join(projectDirectory, "node_modules", ".console-build-pid");
const command = join(projectDirectory, "node_modules", "@remix-run", "dev", "dist", "cli.js");
const sources = ["app", "db", "public", "package-lock.json", "vite.config.ts", "remix.config.js", "tsconfig.json"];

/** Whether `build/` is of the present sources, or the tools to make another are left out, as in the container image. */
export function isBuilt(): boolean {
  if (!existsSync(bundle)) return false;
  return !existsSync(command) || (existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources());
}

/**
 * Builds the console where `build/` is not of the present sources, one build at a time, whoever asks.
 * Throws StartRefused with the last lines of a build that failed.
 */
export async function ensureBuild({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
  while (!isBuilt()) {
    if (takeLock()) return build(signal).finally(() => rmSync(lock, { force: true }));
    await pause(200, undefined, { signal });
  }
}

async function build(signal: AbortSignal | undefined): Promise<void> {
  const hash = hashSources();
  rmSync(stamp, { force: true });
  try {
    await run(process.execPath, [command, "vite:build"], {
      cwd: projectDirectory,
      env: { ...process.env, NODE_ENV: "production" },
      signal,
      tailLines: 80,
    });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const words = error.message.split("\n").filter((line) => !/^\s+(at |['"\]}[]|\w+: )/.test(line));
    throw new StartRefused(`The console was not built. ${words.slice(-14).join("\n")}`);
  }
  writeFileSync(stamp, hash);
}

/** The lock names its process; one whose process has ended is taken over. */
function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = existsSync(lock) ? Number.parseInt(readFileSync(lock, "utf8"), 10) : 0;
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function hashSources(): string {
  const hash = createHash("sha256");
  for (const path of sources.flatMap((name) => listFiles(name))) {
    hash.update(path).update(readFileSync(join(projectDirectory, path)));
  }
  return hash.digest("hex");
}

function listFiles(path: string): string[] {
  const full = join(projectDirectory, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}

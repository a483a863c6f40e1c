import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import { projectDirectory } from "../../db/environment";
import { projectPaths } from "../source/source-files";

const buildDirectory = join(projectDirectory, "build");
const stamp = join(buildDirectory, "sources.sha256");
const lock = join(projectDirectory, "node_modules", ".console-build-lock");
const waitMs = 180_000;

/** Builds the console where `build/` is not of the present sources; one build at a time, whoever asks. */
export async function ensureBuild(): Promise<void> {
  const sources = hashSources();
  const isBuilt = () => existsSync(stamp) && readFileSync(stamp, "utf8") === sources;
  for (const startedAt = Date.now(); !isBuilt(); ) {
    if (!takeLock()) {
      if (Date.now() - startedAt > waitMs) throw new Error(`Somebody else has been building for too long: ${lock}`);
      await pause(200);
      continue;
    }
    try {
      await promisify(execFile)("npx", ["remix", "vite:build"], { cwd: projectDirectory, maxBuffer: 10_000_000 });
      writeFileSync(stamp, sources);
    } finally {
      rmdirSync(lock);
    }
  }
}

/** A lock older than a build can take was left behind by a process that ended. */
function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const isLeft = existsSync(lock) && Date.now() - statSync(lock).mtimeMs > waitMs;
    if (isLeft) rmdirSync(lock);
    return false;
  }
}

function hashSources(): string {
  const hash = createHash("sha256");
  const built = /^(app|db|public)\/|^(package-lock\.json|vite\.config\.ts|remix\.config\.js|tsconfig\.json)$/;
  for (const path of projectPaths().filter((name) => built.test(name))) {
    hash.update(path).update(readFileSync(join(projectDirectory, path)));
  }
  return hash.digest("hex");
}

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { commandOf, isAlive } from "./data-directory";
import { writePrivately } from "./local-environment";
import { LocalServerError } from "./local-server-error";

/**
 * Takes the local folder for this process, so that no second start stops the server beneath the first. Returns what
 * gives it back. Throws LocalServerError while another start lives.
 */
export function takeLocalFolder(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const file = join(directory, "console.pid");
  const pid = existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : Number.NaN;
  if (pid !== process.pid && isAlive(pid) && (commandOf(pid) ?? "start.server").includes("start.server")) {
    throw new LocalServerError(
      `The console of this folder is already running, as process ${pid}. Use that one, or stop it first.`,
    );
  }
  writePrivately(file, `${process.pid}\n`);
  return () => rmSync(file, { force: true });
}

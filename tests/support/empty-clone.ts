import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { projectDirectory } from "../../db/environment";
import { projectPaths } from "../source/source-files";

/** The files of a fresh clone, without packages, build and local server, in a folder of their own. */
export function makeEmptyClone(): { folder: string; remove: () => void } {
  const folder = mkdtempSync("/var/tmp/console-clone-");
  chmodSync(folder, 0o755);
  for (const path of projectPaths()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(projectDirectory, path), join(folder, path));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Command lines of the processes of this machine that work in `folder`, or name it. Reads /proc. */
export function listProcessesOf(folder: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const command = read(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"))
      .replaceAll("\0", " ")
      .trim();
    const place = read(() => readlinkSync(`/proc/${pid}/cwd`));
    return command !== "" && `${command}\n${place}`.includes(folder) ? [`${pid} ${command}`] : [];
  });
}

function read(ask: () => string): string {
  try {
    return ask();
  } catch {
    return ""; // It ended meanwhile.
  }
}

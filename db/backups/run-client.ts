import { spawn } from "node:child_process";
import { join } from "node:path";

import { OperationRefusal } from "../operation";
import { programVariables } from "./backup-place";
import type { ClientPrograms } from "./client-programs";

/** Runs a program that ends with the pipe that this shell reads, which ends with this process however that ends. */
const guarded = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( while read -r _ <&3; do :; done; kill "$child" ) 2>/dev/null >/dev/null &
watch=$!
wait "$child"
code=$?
kill "$watch" 2>/dev/null
exit "$code"`;

const longestTail = 1_200;

/**
 * Runs pg_dump or pg_restore to its end; no password stands on its command line. Returns what it printed. Ends it at
 * `signal` and throws its reason. Throws OperationRefusal with its last words where it failed.
 */
export async function runClient(
  programs: ClientPrograms,
  program: "pg_dump" | "pg_restore",
  flags: readonly string[],
  { url, sessionName, signal, settings }: { url: string; sessionName: string; signal: AbortSignal; settings?: string },
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn("sh", ["-c", guarded, "sh", join(programs.bin, program), ...flags], {
    env: {
      ...process.env,
      ...programs.variables,
      ...programVariables(url, sessionName),
      ...(settings ? { PGOPTIONS: settings } : {}),
      LC_ALL: "C",
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let tail = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    tail = (tail + chunk).slice(-longestTail);
  });
  child.stdin.on("error", () => undefined);
  const stop = () => child.stdin.end();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    signal.throwIfAborted();
    if (code === 0) return output;
  } finally {
    signal.removeEventListener("abort", stop);
  }
  const words = tail
    .split("\n")
    .filter((line) => /error|fatal|could not|hint|detail/i.test(line))
    .join(" ")
    .slice(0, 600);
  throw new OperationRefusal(`${program} failed. It says: ${words || tail.trim() || "nothing"}`);
}

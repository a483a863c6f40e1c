import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Latencies in milliseconds of each statement, by the statement's place, from `pgbench -M prepared`, drawn at random. */
export async function runPgbench(
  url: string,
  statements: readonly string[],
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number[][]> {
  const folder = mkdtempSync(join(tmpdir(), "pgbench-"));
  try {
    const files = statements.flatMap((text, index) => {
      const file = join(folder, `${index}.sql`);
      writeFileSync(file, text);
      return ["-f", file];
    });
    const { hostname, port, pathname, username, password } = new URL(url);
    const log = ["-l", `--log-prefix=${join(folder, "log")}`];
    const load = ["-M", "prepared", "-n", "-c", String(clients), "-j", "1", "-T", String(seconds)];
    const where = ["-h", hostname, "-p", port || "5432", "-U", username, pathname.slice(1)];
    await promisify(execFile)("pgbench", [...load, ...log, ...files, ...where], {
      env: { ...process.env, PGPASSWORD: decodeURIComponent(password) },
    });
    const latencies: number[][] = statements.map(() => []);
    for (const name of readdirSync(folder).filter((file) => file.startsWith("log"))) {
      for (const line of readFileSync(join(folder, name), "utf8").split("\n")) {
        const [, , microseconds, script] = line.split(" ").map(Number);
        if (script !== undefined && microseconds !== undefined) latencies[script]?.push(microseconds / 1000);
      }
    }
    return latencies;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { spawn } from "node:child_process";

/** A program ended with an error; the message holds the last lines that it printed. */
export class ProgramError extends Error {}

/**
 * Runs a program to its end and returns what it wrote to stdout. Throws ProgramError when it cannot be started or
 * ends with anything but 0, with the last `tailLines` lines of its output.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions & { onLine?: (line: string) => void, tailLines?: number }} [options]
 * @returns {Promise<string>}
 */
export function run(program, args, { onLine, tailLines = 12, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let both = "";
    /** @param {Buffer} chunk */
    const note = (chunk) => {
      both = (both + chunk).slice(-20_000);
      const lines = String(chunk).split(/[\r\n]+/);
      const last = lines.findLast((line) => line.trim() !== "");
      if (last) onLine?.(last);
    };
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      note(chunk);
    });
    child.stderr?.on("data", note);
    child.on("error", (error) => {
      // One that is stopped by the signal still has to end, which "close" tells.
      if (error.name !== "AbortError") reject(new ProgramError(`${program} did not start: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = both.trim().split("\n").slice(-tailLines).join("\n");
      reject(new ProgramError(`${program} ended with ${signal ?? `code ${code}`}${tail ? `:\n${tail}` : ""}`));
    });
  });
}

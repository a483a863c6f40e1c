import { execFile } from "node:child_process";
import { createRequire } from "node:module";

import { squawkRules } from "./squawk-rules";

/** What squawk found at one place of a script. */
export type SquawkFinding = {
  rule: string;
  /** From 0, as squawk counts. */
  line: number;
  column: number;
  message: string;
  /** Null where it has no advice. */
  help: string | null;
};

export type SquawkAnswer = { findings: SquawkFinding[] } | { sentence: string };

const timeLimitMs = 10_000;
const mostOutputBytes = 8 * 1024 * 1024;

/**
 * Lints a whole script in one run of squawk, or says in a sentence why it was not linted: a machine without its
 * binary, an answer that is no JSON, more than ten seconds. Throws the reason of `signal` when it is called off.
 */
export async function runSquawk(
  script: string,
  { serverMajor, isTransactional, signal }: { serverMajor: number; isTransactional: boolean; signal?: AbortSignal },
): Promise<SquawkAnswer> {
  signal?.throwIfAborted();
  let binary: string;
  try {
    binary = squawkBinary();
  } catch {
    return { sentence: "Not linted: the program squawk is not installed. Run npm ci on a system that it comes for." };
  }
  const excluded = Object.keys(squawkRules).filter((rule) => typeof squawkRules[rule] === "object");
  const known = excluded.filter((rule) => rule !== "syntax-error");
  const answer = await execute(
    binary,
    [
      ...["--reporter", "json", "--pg-version", `${serverMajor}.0`, "--stdin-filepath", "migration.sql"],
      ...[isTransactional ? "--assume-in-transaction" : "--no-assume-in-transaction", "--exclude", known.join(",")],
    ],
    script,
    signal,
  );
  signal?.throwIfAborted();
  return answer;
}

function squawkBinary(): string {
  const load = createRequire(import.meta.url);
  return (load("squawk-cli/js/index.js") as { getBinaryPath: () => string }).getBinaryPath();
}

type Written = { line: number; column: number; message: string; help: string | null; rule_name: string };

function execute(
  binary: string,
  args: string[],
  script: string,
  signal: AbortSignal | undefined,
): Promise<SquawkAnswer> {
  return new Promise((resolve) => {
    const options = {
      timeout: timeLimitMs,
      killSignal: "SIGKILL" as const,
      maxBuffer: mostOutputBytes,
      cwd: "/",
      signal,
    };
    const child = execFile(binary, args, options, (_error, output, complaint) =>
      resolve(readAnswer(output, complaint)),
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end(script);
  });
}

/** It ends with 1 where it found something, so what it wrote tells, not how it ended. */
export function readAnswer(output: string, complaint: string): SquawkAnswer {
  try {
    const written = JSON.parse(output) as Written[];
    const findings = written.map(({ rule_name: rule, line, column, message, help }) => ({
      rule,
      line,
      column,
      message,
      help,
    }));
    return { findings: findings.filter(({ rule }) => typeof squawkRules[rule] !== "object") };
  } catch {
    const why = complaint.trim().split("\n")[0];
    return { sentence: `Not linted: squawk gave no answer within ${timeLimitMs / 1000} s${why ? ` (${why})` : ""}.` };
  }
}

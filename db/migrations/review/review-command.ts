import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import { closeConnections, securyflex } from "../../connections";
import { unreadableReason } from "../../database/unreadable-reason";
import { EnvironmentError } from "../../environment";
import { describeReview } from "../dry-run";
import { readScript } from "../migration-files";
import { reviewScript, type Verdict } from "./review-migration";

const usage = `npm run db:review -- a-file.sql ...   what each statement would do to SecuryFlex as it is now; nothing is run
ends with 0 for go, 3 for wait, 1 for never`;

const exitCodes: Record<Verdict | "misused", number> = { go: 0, never: 1, misused: 2, wait: 3 };
const byWeight: Verdict[] = ["go", "wait", "never"];

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof EnvironmentError ? error.message : `Nothing was reviewed: ${unreadableReason(error)}`);
  return exitCodes.never;
});

async function run(paths: string[]): Promise<number> {
  const missing = paths.filter((path) => !existsSync(path));
  if (paths.length === 0 || missing.length > 0) {
    console.error(missing.length > 0 ? `There is no file ${missing.join(", ")}.` : usage);
    return exitCodes.misused;
  }
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  try {
    let heaviest: Verdict = "go";
    for (const path of paths) {
      const { label, direction, counterpart } = sidesOf(path);
      const script = readScript(readFileSync(path, "utf8"));
      const { signal } = stopping;
      const review = await reviewScript(securyflex("console_read"), script, { label, direction, counterpart, signal });
      for (const line of describeReview("SecuryFlex", review)) console.log(line);
      if (byWeight.indexOf(review.verdict) > byWeight.indexOf(heaviest)) heaviest = review.verdict;
    }
    return exitCodes[heaviest];
  } finally {
    await closeConnections();
  }
}

/** `a.up.sql` stands beside `a.down.sql`; any other file is a way up of its own. */
function sidesOf(path: string) {
  const label = basename(path).replace(/(\.(up|down))?\.sql$/, "");
  const direction = path.endsWith(".down.sql") ? ("down" as const) : ("up" as const);
  const other = path.endsWith(".up.sql") ? path.replace(/\.up\.sql$/, ".down.sql") : undefined;
  const counterpart = other && existsSync(other) ? readScript(readFileSync(other, "utf8")) : undefined;
  return { label, direction, counterpart };
}

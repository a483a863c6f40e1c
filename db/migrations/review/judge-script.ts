import { type CatalogFacts, isSmall } from "./catalog-facts";
import { whatWaits } from "./lock-mode";
import { busyCallsPerMinute } from "./measure-calls";
import type { StatementReview, Verdict } from "./review-migration";
import { shortName } from "./syntax";

/** A rewrite needs the room of the new table beside the old one, and of the WAL that it writes. */
const roomForRewrite = 2;

export type Judged = { verdict: Verdict; reasons: string[] };

/**
 * What a script comes to, on what is known of the server now: never where a finding blocks or the disk is too small,
 * wait until what stands in the way has passed, go otherwise. `freeDiskBytes` null means that nobody knows.
 */
export function judgeScript(
  statements: readonly StatementReview[],
  {
    facts,
    unlinted,
    oldTransactions,
    freeDiskBytes,
  }: {
    facts: CatalogFacts;
    unlinted: string | undefined;
    oldTransactions: readonly string[];
    freeDiskBytes: number | null;
  },
): Judged {
  const never = unique([
    ...statements.flatMap(({ findings }) =>
      findings
        .filter(({ severity }) => severity === "blocks")
        .map(({ reason, advice, rule }) => `${sentence(reason)} ${sentence(advice)} (${rule})`),
    ),
    ...statements.flatMap((statement) => describeShortage(statement, freeDiskBytes)),
  ]);
  if (never.length > 0) return { verdict: "never", reasons: never };
  const wait = unique([
    ...(unlinted ? [unlinted] : []),
    ...statements.flatMap(({ relations }) => relations.flatMap(({ blockers }) => blockers)),
    ...statements.flatMap((statement) => describeBusy(statement, facts)),
    ...oldTransactions.map((one) => `${one}: a concurrent statement waits for its end.`),
  ]);
  if (wait.length > 0) return { verdict: "wait", reasons: wait };
  const notes = statements.flatMap(({ findings }) =>
    findings.map(({ reason, rule }) => `${sentence(reason)} (${rule})`),
  );
  return { verdict: "go", reasons: unique(notes) };
}

function describeShortage({ locks, relations }: StatementReview, freeDiskBytes: number | null): string[] {
  if (freeDiskBytes === null) return [];
  return locks.flatMap(({ relation, held }) => {
    const sizeBytes = relations.find(({ name }) => name === relation)?.sizeBytes ?? 0;
    if (held !== "rewrite" || sizeBytes * roomForRewrite <= freeDiskBytes) return [];
    return `Writing ${shortName(relation)} anew needs ${gibibytes(sizeBytes * roomForRewrite)} of disk, and ${gibibytes(freeDiskBytes)} are free.`;
  });
}

function describeBusy({ locks, relations }: StatementReview, facts: CatalogFacts): string[] {
  return locks.flatMap(({ relation, mode }) => {
    const calls = relations.find(({ name }) => name === relation)?.callsPerMinute ?? 0;
    if (whatWaits(mode) === "nothing of the product" || calls <= busyCallsPerMinute || isSmall(facts, relation))
      return [];
    return `${shortName(relation)} is used ${calls} times a minute, more than ${busyCallsPerMinute}: run it in a quieter hour.`;
  });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

function unique(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}

import type { Database } from "../../connections";
import { describeOldTransactions } from "../../operations/find-table";
import { MigrationError } from "../migration-error";
import type { MigrationScript } from "../migration-files";
import type { CatalogFacts } from "./catalog-facts";
import { describeScript } from "./describe-script";
import { judgeScript } from "./judge-script";
import { lintScript } from "./lint-script";
import { measureCalls } from "./measure-calls";
import { namedRelations } from "./named-relations";
import { readCatalogFacts } from "./read-catalog-facts";
import { describeBlockers, type Holder, oldForConcurrentSeconds, readHolders } from "./read-holders";
import { type ReadStatement, readStatements } from "./read-statements";
import { type LintScript, stoppingLocks } from "./rules/rule";
import type { StatementEffect } from "./statement-effect";
import { shortName } from "./syntax";

/** go: now. wait: something stands in the way that passes by itself. never: the script has to be written otherwise. */
export type Verdict = "go" | "wait" | "never";

export type LintFinding = {
  rule: string;
  source: "squawk" | "securyflex";
  severity: "blocks" | "warns";
  /** Index of the statement in the script, from 0. */
  statement: number;
  reason: string;
  advice: string;
};

export type ReviewedRelation = {
  name: string;
  /** Bytes of the table with its indexes and TOAST; null where it is not there or could not be read. */
  sizeBytes: number | null;
  /** Rows by the last estimate of the server; null where it was never analysed. */
  rows: number | null;
  /** Scans and inserted rows a minute, over two seconds of now; null where nobody measured: small, or nobody waits. */
  callsPerMinute: number | null;
  /** Who holds now what the statement needs, a sentence each. */
  blockers: string[];
};

export type StatementReview = StatementEffect & { relations: ReviewedRelation[]; findings: LintFinding[] };

export type MigrationReview = {
  label: string;
  direction: "up" | "down";
  statements: StatementReview[];
  verdict: Verdict;
  /** Why the verdict is not go, a sentence each; for go, what is worth knowing before. */
  reasons: string[];
};

type ReviewOptions = {
  label: string;
  direction: "up" | "down";
  /** The other side of the migration; undefined where there is none to look at. */
  counterpart?: MigrationScript | undefined;
  /** Null where nobody knows what the server's disk has left. */
  freeDiskBytes?: number | null;
  signal?: AbortSignal | undefined;
};

/**
 * What a script would do to a server as it is now, and whether it is to be run: its locks, its work, what a linter and our
 * own rules find, and who stands in the way. Reads alone, in a handful of queries whatever the script holds, as
 * console_read with its timeouts; two seconds where a large table is locked, to see how busy it is. A script that is no
 * SQL is never to be run. Throws what the driver throws where the server does not answer.
 */
export async function reviewScript(
  securyflex: Database,
  script: MigrationScript,
  { label, direction, counterpart, freeDiskBytes = null, signal }: ReviewOptions,
): Promise<MigrationReview> {
  const statements = await readStatements(script.text).catch(unreadable);
  if ("sentence" in statements)
    return { label, direction, statements: [], verdict: "never", reasons: [statements.sentence] };
  const facts = await readCatalogFacts(securyflex, namedRelations(statements));
  const effects = describeScript(statements, facts);
  const linted: LintScript = { statements, effects, facts, isTransactional: script.isTransactional, direction };
  const locked = effects.flatMap(({ locks }) =>
    locks.flatMap(({ relation }) => facts.relations.get(relation)?.oid ?? []),
  );
  const stopped = effects.flatMap((_, position) =>
    stoppingLocks(linted, position).flatMap(({ relation }) => facts.relations.get(relation)?.oid ?? []),
  );
  const isConcurrent = effects.some((effect) => effect.isConcurrent);
  const [{ findings, unlinted }, holders, calls, oldTransactions] = await Promise.all([
    lintScript(linted, script.text, signal),
    readHolders(securyflex, [...new Set(locked)]),
    measureCalls(securyflex, [...new Set(stopped)], signal),
    isConcurrent ? describeOldTransactions(securyflex, oldForConcurrentSeconds) : [],
  ]);
  const noWayBack = direction === "up" && counterpart ? await findNoWayBack(statements, counterpart) : [];
  const reviews = effects.map((effect, position) => ({
    ...effect,
    relations: describeRelations(effect, { facts, holders, calls }),
    findings: [...findings, ...noWayBack].filter(({ statement }) => statement === position),
  }));
  return {
    label,
    direction,
    statements: reviews,
    ...judgeScript(reviews, { facts, unlinted, oldTransactions, freeDiskBytes }),
  };
}

function unreadable(error: unknown): { sentence: string } {
  if (error instanceof MigrationError) return { sentence: error.message };
  throw error;
}

function describeRelations(
  { locks }: StatementEffect,
  { facts, holders, calls }: { facts: CatalogFacts; holders: readonly Holder[]; calls: ReadonlyMap<number, number> },
): ReviewedRelation[] {
  return locks.map(({ relation: name, mode }) => {
    const known = facts.relations.get(name);
    const own = holders.filter(({ oid }) => oid === known?.oid);
    return {
      name,
      sizeBytes: known?.sizeBytes ?? null,
      rows: known?.rows ?? null,
      callsPerMinute: known ? (calls.get(known.oid) ?? null) : null,
      blockers: describeBlockers(own, shortName(name), mode),
    };
  });
}

async function findNoWayBack(up: readonly ReadStatement[], down: MigrationScript): Promise<LintFinding[]> {
  const back = await readStatements(down.text).catch(unreadable);
  if (up.length === 0 || ("length" in back && back.length > 0)) return [];
  const isEmpty = "length" in back;
  return [
    {
      rule: isEmpty ? "no-way-back" : "broken-way-back",
      source: "securyflex",
      severity: isEmpty ? "warns" : "blocks",
      statement: 0,
      reason: isEmpty
        ? "Its down side is empty: a rollback would leave what it did."
        : `Its down side cannot run. ${back.sentence}`,
      advice: "Write the down side, so that it restores the schema.",
    },
  ];
}

import type { StatementEffect } from "./statement-effect";

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
  /** Calls a minute that touch the table, over the last measured window; null where nobody measured. */
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

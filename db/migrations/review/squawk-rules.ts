/**
 * How a rule of squawk weighs. `work`: it blocks where our own reading of the statement finds work on the rows of a
 * table that is not small, under a lock that stops writes, and is dropped where there is none. `off`: why not.
 */
export type SquawkWeight = "blocks" | "work" | "warns" | { off: string };

const runnerSets = { off: "the migrator sets it" };
const taste = { off: "what a column is called or typed stops nobody" };
const ownRule = { off: "our own rule knows the size of the table and what the script made itself" };

/** Rules that are not named here warn. */
export const squawkRules: Record<string, SquawkWeight> = {
  "adding-field-with-default": "work",
  "adding-foreign-key-constraint": "work",
  "adding-not-nullable-field": "work",
  "adding-required-field": "blocks",
  "adding-serial-primary-key-field": "work",
  "ban-alter-domain-with-add-constraint": "blocks",
  "ban-char-field": "warns",
  "ban-concurrent-index-creation-in-transaction": ownRule,
  "ban-create-domain-with-constraint": "warns",
  "ban-drop-column": "warns",
  "ban-drop-database": "blocks",
  "ban-drop-not-null": "warns",
  "ban-drop-table": "warns",
  "ban-truncate-cascade": ownRule,
  "ban-uncommitted-transaction": ownRule,
  "changing-column-type": "work",
  "constraint-missing-not-valid": "work",
  "disallowed-unique-constraint": "work",
  "identifier-too-long": "blocks",
  "prefer-bigint-over-int": taste,
  "prefer-bigint-over-smallint": taste,
  "prefer-identity": "warns",
  "prefer-robust-stmts": { off: "a transaction rolls back whole, and outside one the ledger knows each statement" },
  "prefer-text-field": taste,
  "prefer-timestamp-tz": "warns",
  "renaming-column": "warns",
  "renaming-table": "warns",
  "require-concurrent-index-creation": "work",
  "require-concurrent-index-deletion": ownRule,
  "require-concurrent-partition-detach": ownRule,
  "require-concurrent-reindex": "work",
  "require-lock-timeout": runnerSets,
  "require-statement-timeout": runnerSets,
  "require-timeout-settings": runnerSets,
  "syntax-error": { off: "the server's own parser has read the script before" },
  "transaction-nesting": ownRule,
};

export function weightOf(rule: string): SquawkWeight {
  return squawkRules[rule] ?? "warns";
}

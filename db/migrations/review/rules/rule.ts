import { type CatalogFacts, isSmall } from "../catalog-facts";
import { whatWaits } from "../lock-mode";
import { readDoBody } from "../read-do-body";
import type { ReadStatement } from "../read-statements";
import type { LintFinding } from "../review-migration";
import type { StatementEffect, StatementLock } from "../statement-effect";
import { shortName, type Tree } from "../syntax";

/** What a rule looks at: one side of a migration, statement by statement. */
export type LintScript = {
  statements: readonly ReadStatement[];
  effects: readonly StatementEffect[];
  facts: CatalogFacts;
  isTransactional: boolean;
  direction: "up" | "down";
};

export type OwnFinding = Omit<LintFinding, "source">;
export type OwnRule = (script: LintScript) => OwnFinding[];

/** Locks of a statement that stop reads or writes of a table that is not small. */
export function stoppingLocks({ effects, facts }: LintScript, statement: number): StatementLock[] {
  return (effects[statement]?.locks ?? []).filter(({ relation, mode }) => {
    const waiting = whatWaits(mode);
    const isReadOnly = facts.relations.get(relation)?.kind === "materialized view";
    return waiting !== "nothing of the product" && !(isReadOnly && waiting === "writes") && !isSmall(facts, relation);
  });
}

/** The same, held while rows are read or written. */
export function longLocks(script: LintScript, statement: number): StatementLock[] {
  return stoppingLocks(script, statement).filter(({ held }) => held !== "brief");
}

export function listTables(locks: readonly StatementLock[]): string {
  return [...new Set(locks.map(({ relation }) => shortName(relation)))].join(", ");
}

/** Each statement with its position; those in the body of a DO under the position of the DO. */
export function everyTree({ statements }: LintScript): { tree: Tree; position: number }[] {
  return statements.flatMap(({ kind, text, tree }, position) => {
    const inner = kind === "DoStmt" ? (readDoBody(text)?.statements ?? []) : [];
    return [tree, ...inner.map((one) => one.tree)].map((one) => ({ tree: one, position }));
  });
}

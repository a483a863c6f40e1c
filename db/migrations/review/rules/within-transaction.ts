import { isSmall } from "../catalog-facts";
import { isStronger } from "../lock-mode";
import { listNodes, shortName } from "../syntax";
import { everyTree, type LintScript, type OwnFinding, stoppingLocks } from "./rule";

/** What goes wrong because the statements of a script share one transaction, or may not share one. */
export function findWithinTransaction(script: LintScript): OwnFinding[] {
  return [
    ...findRefused(script),
    ...(script.isTransactional ? [...findLateWork(script), ...findSeveralTables(script), ...findEnumUse(script)] : []),
  ];
}

function findRefused({ statements, effects, isTransactional }: LintScript): OwnFinding[] {
  return statements.flatMap(({ tree }, statement) => {
    if (tree.TransactionStmt) {
      return {
        rule: "transaction-in-script",
        severity: "blocks" as const,
        statement,
        reason:
          "The migrator opens and ends the transaction; one in the script would end it before the ledger is written.",
        advice: "Leave begin and commit out; -- transaction: none runs a script outside a transaction.",
      };
    }
    if (!isTransactional || effects[statement]?.canRunInTransaction !== false) return [];
    return {
      rule: "refused-in-transaction",
      severity: "blocks" as const,
      statement,
      reason: "PostgreSQL refuses this statement inside a transaction, and the script runs in one.",
      advice: "Put it into a migration of its own that begins with -- transaction: none.",
    };
  });
}

/** A lock stays until the transaction ends, and with it every statement that comes after. */
function findLateWork(script: LintScript): OwnFinding[] {
  const held = new Set<string>();
  return script.statements.flatMap((_, statement) => {
    const effect = script.effects[statement];
    const before = [...held];
    for (const { relation } of stoppingLocks(script, statement)) held.add(relation);
    const isLong = (effect?.locks ?? []).some(
      ({ relation, held: work, mode }) =>
        work !== "brief" && mode !== "ACCESS SHARE" && !isSmall(script.facts, relation),
    );
    if (before.length === 0 || !isLong || !effect?.isKnown) return [];
    const isValidation = /^checks every row of /i.test(effect.words);
    return {
      rule: isValidation ? "validate-under-lock" : "work-after-lock",
      severity: "blocks" as const,
      statement,
      reason: `The lock on ${before.map(shortName).join(", ")} that an earlier statement took stays until the transaction ends, so the product waits for this one too.`,
      advice: isValidation
        ? "Validate the constraint in a migration of its own."
        : "Put it into a migration of its own.",
    };
  });
}

/** Two tables that everyone uses: whoever holds one and wants the other waits for the migration, and it for them. */
function findSeveralTables(script: LintScript): OwnFinding[] {
  const first = new Map<string, number>();
  script.statements.forEach(({ tree }, statement) => {
    if (!script.effects[statement]?.isKnown || tree.DropStmt?.removeType === "OBJECT_TABLE") return;
    for (const { relation, mode } of stoppingLocks(script, statement)) {
      if (isStronger(mode, "EXCLUSIVE") && !first.has(relation)) first.set(relation, statement);
    }
  });
  const positions = new Set(first.values());
  if (positions.size < 2) return [];
  const tables = [...first.keys()].map(shortName).join(", ");
  return [
    {
      rule: "several-tables-locked",
      severity: "blocks",
      statement: Math.max(...positions),
      reason: `One transaction holds ${tables} at once: each waits as long as all of them take, and sessions that use them in another order deadlock with it.`,
      advice: "Give each table a migration of its own.",
    },
  ];
}

/** A new value of an enum may not be used before the transaction that adds it has ended. */
function findEnumUse(script: LintScript): OwnFinding[] {
  const added = new Map<string, number>();
  return everyTree(script).flatMap(({ tree, position: statement }) => {
    const { AlterEnumStmt: addition } = tree;
    if (addition?.newVal && !addition.oldVal) {
      added.set(addition.newVal, statement);
      return [];
    }
    const used = listNodes<{ sval?: { sval?: string } }>(tree, "A_Const").find(({ sval }) =>
      added.has(sval?.sval ?? ""),
    );
    if (!used) return [];
    return {
      rule: "enum-value-used-at-once",
      severity: "blocks" as const,
      statement,
      reason: `PostgreSQL refuses the new enum value ${used.sval?.sval} in the transaction that adds it.`,
      advice: "Use it in the next migration.",
    };
  });
}

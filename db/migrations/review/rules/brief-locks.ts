import { isSmall } from "../catalog-facts";
import { nameOf, type Tree } from "../syntax";
import { type LintScript, listTables, type OwnFinding, stoppingLocks } from "./rule";

/** Locks of a moment that another way avoids, or that fall on a table which the statement does not seem to touch. */
export function findBriefLocks(script: LintScript): OwnFinding[] {
  return script.statements.flatMap(({ tree }, statement) => {
    const locks = stoppingLocks(script, statement).filter(({ held }) => held === "brief");
    if (locks.length === 0) return [];
    const finding = describe(tree, listTables(locks), script, locks.length);
    return finding ? { statement, ...finding } : [];
  });
}

function describe(
  tree: Tree,
  tables: string,
  { facts }: LintScript,
  count: number,
): Omit<OwnFinding, "statement"> | undefined {
  const { CreateTrigStmt: trigger, CreateStmt: table, DropStmt: drop, LockStmt: locking, AlterTableStmt: alter } = tree;
  const [command] = ((alter?.cmds ?? []) as Tree[]).flatMap(({ AlterTableCmd: one }) => one ?? []);
  if (locking) {
    return {
      rule: "explicit-lock",
      severity: "blocks",
      reason: `${tables} stays locked until the transaction ends, whatever comes after.`,
      advice: "Leave the lock out; each statement takes the one that it needs.",
    };
  }
  if (trigger) {
    return {
      rule: "trigger-on-large-table",
      severity: "warns",
      reason: `Writes of ${tables} wait while the trigger is made, and each of them does more from then on.`,
      advice: "Measure the trigger first, on as many writes a second as the table has.",
    };
  }
  if (table?.partbound) {
    return {
      rule: "partition-of-locks-parent",
      severity: "blocks",
      reason: `CREATE TABLE … PARTITION OF locks ${tables} for reads and writes.`,
      advice: "Make the table by itself, give it a check that proves its bounds, and attach it then.",
    };
  }
  if (command?.subtype === "AT_DetachPartition") {
    return {
      rule: "detach-locks-parent",
      severity: "blocks",
      reason: `Reads and writes of ${tables} wait behind the detaching, and it behind every transaction that reads them.`,
      advice: "Detach it concurrently, in a migration of its own with -- transaction: none.",
    };
  }
  if (drop?.removeType === "OBJECT_INDEX") {
    return {
      rule: "drop-index-locks-table",
      severity: "blocks",
      reason: `Reads and writes of ${tables} wait while the index is dropped.`,
      advice: "Drop it concurrently, in a migration of its own with -- transaction: none.",
    };
  }
  if (
    command?.subtype === "AT_AddConstraint" &&
    (command.def as Tree).Constraint?.contype === "CONSTR_FOREIGN" &&
    count > 1
  ) {
    const parent = nameOf((command.def as Tree).Constraint?.pktable);
    return isSmall(facts, parent)
      ? undefined
      : {
          rule: "foreign-key-locks-both",
          severity: "warns",
          reason: `Writes of both tables wait for a moment: ${tables}.`,
          advice: "Run it when neither table is busy.",
        };
  }
  const isDrop = command?.subtype === "AT_DropConstraint" || drop?.removeType === "OBJECT_TABLE";
  if (isDrop && count > 1) {
    return {
      rule: "drop-locks-parent",
      severity: "warns",
      reason: `The tables that its foreign keys point to are locked with it: reads and writes of ${tables} wait for a moment.`,
      advice: "Run it when none of them is busy.",
    };
  }
  return undefined;
}

import { whatWaits } from "../lock-mode";
import type { StatementLock } from "../statement-effect";
import { shortName, type Tree } from "../syntax";
import { type LintScript, longLocks, type OwnFinding } from "./rule";

const names = { scan: "scan-under-lock", rewrite: "rewrite-under-lock", build: "build-under-lock" } as const;

/** Work on the rows of a table that is not small, under a lock that stops the product meanwhile. */
export function findWorkUnderLock(script: LintScript): OwnFinding[] {
  return script.statements.flatMap(({ tree }, statement) => {
    const effect = script.effects[statement];
    const locks = longLocks(script, statement);
    if (!effect?.isKnown || effect.work === "none" || locks.length === 0) return [];
    return {
      rule: names[effect.work],
      severity: "blocks",
      statement,
      reason: reasonOf(locks),
      advice: adviceFor(tree),
    };
  });
}

const during = {
  brief: "",
  scan: "while every row is read",
  rewrite: "while every row is written anew",
  build: "while an index is built over every row",
};

function reasonOf(locks: readonly StatementLock[]): string {
  return `${locks.map(({ relation, mode, held }) => `${whatWaits(mode)} of ${shortName(relation)} wait ${during[held]}`).join(", and ")}.`.replace(
    /^./,
    (first) => first.toUpperCase(),
  );
}

/** How the same is done without a wait. */
export function adviceFor(tree: Tree): string {
  const commands = ((tree.AlterTableStmt?.cmds ?? []) as Tree[]).flatMap(({ AlterTableCmd: one }) => one ?? []);
  const kinds = new Set<string>(
    commands.map(({ subtype, def }) => (def as Tree | undefined)?.Constraint?.contype ?? subtype ?? ""),
  );
  const advice = Object.entries(advices).find(([kind]) => kinds.has(kind))?.[1];
  if (advice) return advice;
  if (tree.IndexStmt) return "Build it concurrently, in a migration of its own with -- transaction: none.";
  if (tree.ReindexStmt) return "Rebuild it concurrently, in a migration of its own with -- transaction: none.";
  if (tree.RefreshMatViewStmt) return "Refresh it concurrently; that needs a unique index of the view.";
  if (tree.ClusterStmt || tree.VacuumStmt) {
    return "A plain vacuum gives its space back to new rows while the product goes on; to give it to the disk, run pg_repack in a quiet hour.";
  }
  if (tree.TruncateStmt) return "Delete in batches of some thousand rows, or swap in a new table.";
  if (tree.CreateStmt) return "Make the table by itself, give it a check that proves its bounds, and attach it then.";
  return "Do it in steps that each hold their lock for a moment only.";
}

const advices: Record<string, string> = {
  AT_SetNotNull:
    "Add check (… is not null) not valid, validate it in the next migration, and set not null after that: then no row is read.",
  CONSTR_CHECK: "Add it not valid, and validate it in the next migration.",
  CONSTR_NOTNULL:
    "Add check (… is not null) not valid, validate it in the next migration, and set not null after that: then no row is read.",
  CONSTR_FOREIGN: "Add it not valid, and validate it in the next migration.",
  CONSTR_UNIQUE:
    "Build a unique index concurrently in a migration of its own, and add the constraint using index in the next.",
  CONSTR_PRIMARY:
    "Build a unique index concurrently in a migration of its own, and add the key using index in the next; its columns must be not null by then.",
  CONSTR_EXCLUSION:
    "PostgreSQL takes neither NOT VALID nor a finished index for EXCLUDE: add it while the table is small, or in an announced quiet hour.",
  AT_AddColumn:
    "Add the column without a value, fill it in batches, and give it its default and constraints after that.",
  AT_AlterColumnType:
    "Add a column of the new type, keep it equal by a trigger, fill it in batches, and swap the names in a last migration.",
  AT_AttachPartition:
    "Give the table a check that proves its bounds, not valid and then validated, before it is attached.",
  AT_SetUnLogged: "Make a new table, and swap it in.",
  AT_SetLogged: "Make a new table, and swap it in.",
};

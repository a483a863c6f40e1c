import { listNodes, optionsOf, stringsOf, type Tree } from "../syntax";
import { everyTree, type LintScript, type OwnFinding } from "./rule";

/** What works today and hurts later: halves that a crash leaves, settings that stay, rights that leak. */
export function findHabits(script: LintScript): OwnFinding[] {
  return [
    ...findLeftIndexes(script),
    ...findUnknown(script),
    ...findLosses(script),
    ...everyTree(script).flatMap(({ tree, position }) => findInTree(tree, position)),
  ];
}

/** A concurrent build that breaks off leaves an invalid index of its name. */
function findLeftIndexes({ statements }: LintScript): OwnFinding[] {
  const dropped = new Set<string>();
  return statements.flatMap(({ tree }, statement) => {
    const { DropStmt: drop, IndexStmt: index } = tree;
    if (drop?.removeType === "OBJECT_INDEX") {
      for (const object of (drop.objects ?? []) as Tree[]) dropped.add(stringsOf(object).at(-1) ?? "");
    }
    if (!index?.concurrent) return [];
    if (index.if_not_exists) {
      return {
        rule: "keeps-invalid-index",
        severity: "blocks" as const,
        statement,
        reason: "IF NOT EXISTS takes an invalid index that a broken-off build left behind for the one that is wanted.",
        advice: "Drop the index concurrently if exists first, and build it without IF NOT EXISTS.",
      };
    }
    if (dropped.has(index.idxname ?? "")) return [];
    return {
      rule: "not-resumable",
      severity: "warns" as const,
      statement,
      reason:
        "A build that breaks off leaves an invalid index of this name; where no ledger knows of it, the next run fails on it.",
      advice: "Let drop index concurrently if exists stand before it.",
    };
  });
}

function findUnknown({ effects }: LintScript): OwnFinding[] {
  return effects.flatMap(({ isKnown }, statement) =>
    isKnown
      ? []
      : {
          rule: "unknown-effect",
          severity: "warns" as const,
          statement,
          reason: "What this locks cannot be read from the script, and is treated as ACCESS EXCLUSIVE.",
          advice: "Write it as plain statements where that is possible; else try it on a copy first.",
        },
  );
}

/** Only on the way down: what the way up drops is its purpose, and squawk says so. */
function findLosses({ effects, direction }: LintScript): OwnFinding[] {
  if (direction === "up") return [];
  return effects.flatMap(({ isReversible }, statement) =>
    isReversible
      ? []
      : {
          rule: "loses-rows",
          severity: "warns" as const,
          statement,
          reason: "What was written since the migration ran is lost with the rollback.",
          advice: "Take a backup first, or mend it by a further migration.",
        },
  );
}

function findInTree(tree: Tree, statement: number): OwnFinding[] {
  const { VariableSetStmt: setting, CreateFunctionStmt: made, AlterTableStmt: alter } = tree;
  if (setting && !setting.is_local && setting.kind === "VAR_SET_VALUE") {
    return [
      {
        rule: "setting-stays",
        severity: "warns",
        statement,
        reason: `SET ${setting.name} outlives the migration on a connection that others use after it.`,
        advice: "Write set local.",
      },
    ];
  }
  const options = optionsOf(made?.options as Tree[] | undefined);
  const isDefiner = options.some(
    ({ defname, arg }) => defname === "security" && (arg as Tree | undefined)?.Boolean?.boolval === true,
  );
  const setNames = listNodes<{ name?: string }>(made?.options, "VariableSetStmt").map(({ name }) => name);
  if (isDefiner && !setNames.includes("search_path")) {
    return [
      {
        rule: "definer-without-search-path",
        severity: "blocks",
        statement,
        reason:
          "A SECURITY DEFINER function without a search_path of its own runs what its caller puts into the way of its names.",
        advice: "Add set search_path = '' and write schemas with the names.",
      },
    ];
  }
  const isOff = ((alter?.cmds ?? []) as Tree[]).some(({ AlterTableCmd: one }) =>
    /^AT_DisableTrig/.test(one?.subtype ?? ""),
  );
  if (!isOff) return [];
  return [
    {
      rule: "trigger-turned-off",
      severity: "warns",
      statement,
      reason: "What the trigger keeps true is not kept while it is off, for every session.",
      advice: "Turn it on again in the same transaction.",
    },
  ];
}

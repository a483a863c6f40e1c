import { isEmpty, isSmall } from "../catalog-facts";
import { madeBy } from "../describe-script";
import { nameOf, relationsOf, shortName, type Tree } from "../syntax";
import { everyTree, type LintScript, type OwnFinding } from "./rule";

/** Rows that are changed or lost, all of a table at once or unseen. */
export function findLostRows(script: LintScript): OwnFinding[] {
  const made = new Set<string>();
  return everyTree(script).flatMap(({ tree, position }) => {
    const found = findInStatement(script, tree, position).filter(({ table }) => !made.has(table));
    for (const name of madeBy(tree)) made.add(name);
    return found.map(({ table, ...finding }) => finding);
  });
}

type Found = OwnFinding & { table: string };

function findInStatement(script: LintScript, tree: Tree, statement: number): Found[] {
  const { UpdateStmt: update, DeleteStmt: deletion, TruncateStmt: truncation, DropStmt: drop } = tree;
  if (update && !update.whereClause) return [findUpdate(script, nameOf(update.relation), statement)];
  const gone = deletion && !deletion.whereClause ? [nameOf(deletion.relation)] : [];
  const emptied = relationsOf(truncation?.relations as Tree[] | undefined).map(nameOf);
  const lost: Found[] = [...gone, ...emptied].map((table) => ({
    table,
    rule: deletion ? "delete-without-where" : "truncate",
    severity: isEmpty(script.facts, table) ? "warns" : "blocks",
    statement,
    reason: `Every row of ${shortName(table)} is lost, and a rollback does not bring them back.`,
    advice:
      "Name the rows by a where clause, in batches of some thousand; what shall go as a whole is dropped with its table.",
  }));
  const isCascade = drop?.behavior === "DROP_CASCADE" || truncation?.behavior === "DROP_CASCADE";
  if (!isCascade) return lost;
  return [
    ...lost,
    {
      table: "",
      rule: "cascade",
      severity: "blocks",
      statement,
      reason: "CASCADE takes whatever depends on it along, also what nobody has seen yet.",
      advice: "Name what shall go, one by one, so that the server refuses the rest.",
    },
  ];
}

function findUpdate({ facts }: LintScript, table: string, statement: number): Found {
  return {
    table,
    rule: "update-without-where",
    severity: isSmall(facts, table) ? "warns" : "blocks",
    statement,
    reason: `Every row of ${shortName(table)} is written anew in one transaction: whoever changes one of them waits for its end, and the table may double in size.`,
    advice: "Update in batches of some thousand rows that a where clause names.",
  };
}

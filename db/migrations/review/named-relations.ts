import type { RangeVar } from "libpg-query";

import { readDoBody } from "./read-do-body";
import type { ReadStatement } from "./read-statements";
import { listNodes, nameOf, nameOfParts, stringsOf, type Tree } from "./syntax";

/** Relations that a script names, indexes that it drops or uses among them, each once; not those of unreadable texts. */
export function namedRelations(statements: readonly ReadStatement[]): string[] {
  const names = statements.flatMap(({ kind, text, tree }) => {
    const trees = kind === "DoStmt" ? (readDoBody(text)?.statements ?? []).map((inner) => inner.tree) : [tree];
    return trees.flatMap(namedIn);
  });
  return [...new Set(names)];
}

function namedIn(tree: Tree): string[] {
  const { DropStmt: drop, CommentStmt: comment } = tree;
  const objects = [...((drop?.objects ?? []) as Tree[]), ...(comment?.object ? [comment.object as Tree] : [])];
  const usedIndexes = listNodes<{ indexname?: string }>(tree, "Constraint").flatMap(({ indexname }) => indexname ?? []);
  return [
    ...rangesWithin(tree).map(nameOf),
    ...usedIndexes.map((index) => nameOfParts([index])),
    ...objects.flatMap((object) => {
      const parts = stringsOf(object);
      return [nameOfParts(parts), ...(parts.length > 1 ? [nameOfParts(parts.slice(0, -1))] : [])];
    }),
  ];
}

/** Each place where the tree names a relation, whatever the field is called. */
function rangesWithin(tree: unknown): RangeVar[] {
  if (Array.isArray(tree)) return tree.flatMap(rangesWithin);
  if (typeof tree !== "object" || tree === null) return [];
  return "relname" in tree ? [tree as RangeVar] : Object.values(tree).flatMap(rangesWithin);
}

import type { DropStmt } from "libpg-query";

import { nameOfParts, shortName, stringsOf, type Tree } from "../syntax";
import { type Effect, type EffectContext, factsOf, lock, nothing, unknownEffect } from "./effect";

const ofTables = new Set(["OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"]);
const relations: Partial<Record<string, string>> = {
  OBJECT_TABLE: "table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized view",
  OBJECT_FOREIGN_TABLE: "foreign table",
};
const withRows = new Set(["OBJECT_TABLE", "OBJECT_MATVIEW"]);

export function describeDrop(statement: DropStmt, context: EffectContext): Effect[] {
  const { removeType = "", behavior, concurrent } = statement;
  const names = ((statement.objects ?? []) as Tree[]).map((object) => stringsOf(object));
  const thing = removeType.replace("OBJECT_", "").toLowerCase().replaceAll("_", " ");
  return names.map((parts) => {
    if (removeType === "OBJECT_INDEX") return describeDropIndex(nameOfParts(parts), concurrent === true, context);
    if (ofTables.has(removeType)) {
      const table = nameOfParts(parts.slice(0, -1));
      return {
        words: `Drops ${thing} ${parts.at(-1)} of ${shortName(table)}`,
        locks: [lock(table, "ACCESS EXCLUSIVE")],
      };
    }
    const kind = relations[removeType];
    if (kind) return describeDropRelation(nameOfParts(parts), kind, statement, context);
    if (behavior === "DROP_CASCADE") return unknownEffect(`Drops ${thing} ${parts.join(".")} and all that needs it`);
    return nothing(`Drops ${thing} ${parts.join(".")}`);
  });
}

function describeDropIndex(index: string, isConcurrent: boolean, context: EffectContext): Effect {
  const facts = factsOf(context, index);
  const table = facts?.tableOfIndex;
  const words = `Drops index ${shortName(index)}${table ? ` of ${shortName(table)}` : ""}`;
  if (isConcurrent) {
    return {
      words: `${words}, waiting for every transaction that may use it`,
      locks: table ? [lock(table, "SHARE UPDATE EXCLUSIVE")] : [],
      isConcurrent,
      canRunInTransaction: false,
    };
  }
  if (table) return { words, locks: [lock(table, "ACCESS EXCLUSIVE")] };
  return context.facts.relations.size > 0
    ? nothing(words)
    : { words, locks: [lock(`${index}'s table`, "ACCESS EXCLUSIVE")] };
}

/** Tables that its foreign keys point to, and the table that it is a partition of, are locked with it. */
function describeDropRelation(name: string, kind: string, statement: DropStmt, context: EffectContext): Effect {
  const facts = factsOf(context, name);
  const above = (facts?.constraints ?? []).flatMap(({ references }) => references ?? []);
  const isCascade = statement.behavior === "DROP_CASCADE";
  const tied = [
    ...above,
    ...(facts?.partitionOf ? [facts.partitionOf] : []),
    ...(isCascade ? (facts?.children ?? []) : []),
  ];
  const hasRows = withRows.has(statement.removeType ?? "");
  return {
    words: `Drops ${kind} ${shortName(name)}${hasRows ? ", and its rows with it" : ""}${isCascade ? ", and all that needs it" : ""}`,
    locks: [name, ...(facts?.partitions ?? []), ...tied].map((table) => lock(table, "ACCESS EXCLUSIVE")),
    isReversible: kind !== "table" || context.made.has(name),
  };
}

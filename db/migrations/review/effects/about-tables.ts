import type {
  AlterObjectSchemaStmt,
  AlterPublicationStmt,
  CommentStmt,
  CreatePublicationStmt,
  CreateStatsStmt,
  GrantStmt,
  RenameStmt,
} from "libpg-query";

import type { LockMode } from "../lock-mode";
import { nameOf, nameOfParts, relationsOf, shortName, stringsOf, type Tree } from "../syntax";
import { type Effect, type EffectContext, lock, nothing } from "./effect";

const relationKinds = new Set(["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"]);
const partsOfTables = new Set([
  "OBJECT_COLUMN",
  "OBJECT_TABCONSTRAINT",
  "OBJECT_TRIGGER",
  "OBJECT_POLICY",
  "OBJECT_RULE",
]);

export function describeRename({ renameType = "OBJECT_TYPE", relation, subname, newname }: RenameStmt): Effect[] {
  const table = shortName(nameOf(relation));
  if (relationKinds.has(renameType)) {
    return [{ words: `Renames ${table} to ${newname}`, locks: [lock(nameOf(relation), "ACCESS EXCLUSIVE")] }];
  }
  const thing = renameType.replace("OBJECT_", "").replace("TABCONSTRAINT", "constraint").toLowerCase();
  if (partsOfTables.has(renameType) && relation) {
    return [
      {
        words: `Renames ${thing} ${subname} of ${table} to ${newname}`,
        locks: [lock(nameOf(relation), "ACCESS EXCLUSIVE")],
      },
    ];
  }
  return [nothing(`Renames ${thing} to ${newname}`)];
}

export function describeMove({ objectType = "OBJECT_TYPE", relation, newschema }: AlterObjectSchemaStmt): Effect[] {
  if (!relationKinds.has(objectType)) return [nothing(`Moves it to schema ${newschema}`)];
  return [
    {
      words: `Moves ${shortName(nameOf(relation))} to schema ${newschema}`,
      locks: [lock(nameOf(relation), "ACCESS EXCLUSIVE")],
    },
  ];
}

export function describeComment({ objtype = "OBJECT_TYPE", object }: CommentStmt): Effect[] {
  const parts = stringsOf(object as Tree | undefined);
  if (relationKinds.has(objtype)) return [comment(nameOfParts(parts))];
  if (objtype === "OBJECT_TABCONSTRAINT") return [comment(nameOfParts(parts.slice(0, -1)), "ACCESS SHARE")];
  if (partsOfTables.has(objtype)) return [comment(nameOfParts(parts.slice(0, -1)))];
  return [nothing("Writes a comment")];
}

function comment(relation: string, mode: LockMode = "SHARE UPDATE EXCLUSIVE"): Effect {
  return { words: `Writes a comment on ${shortName(relation)}`, locks: [lock(relation, mode)] };
}

export function describeStatistics({ relations }: CreateStatsStmt): Effect[] {
  return relationsOf(relations as Tree[] | undefined).map((relation) => ({
    words: `Lets the planner know how columns of ${shortName(nameOf(relation))} go together`,
    locks: [lock(nameOf(relation), "SHARE UPDATE EXCLUSIVE")],
  }));
}

export function describePublication(statement: AlterPublicationStmt | CreatePublicationStmt): Effect[] {
  const objects = (statement.pubobjects ?? []) as Tree[];
  const tables = objects.flatMap(({ PublicationObjSpec: one }) => (one?.pubtable ? nameOf(one.pubtable.relation) : []));
  const words = `Changes what publication ${statement.pubname} sends`;
  return [{ words, locks: tables.map((table) => lock(table, "SHARE UPDATE EXCLUSIVE")) }];
}

export function describeGrant(statement: GrantStmt, { facts }: EffectContext): Effect[] {
  const words = statement.is_grant ? "Grants privileges" : "Takes privileges back";
  const tables = facts.serverMajor >= 18 ? relationsOf(statement.objects as Tree[] | undefined).map(nameOf) : [];
  return [{ words, locks: tables.map((table) => lock(table, "ACCESS SHARE")) }];
}

/** Triggers, policies and rules of a table. */
export function describeAttachment(
  words: string,
  relation: Parameters<typeof nameOf>[0],
  mode: "SHARE ROW EXCLUSIVE" | "ACCESS EXCLUSIVE",
): Effect[] {
  return [{ words: `${words} of ${shortName(nameOf(relation))}`, locks: [lock(nameOf(relation), mode)] }];
}

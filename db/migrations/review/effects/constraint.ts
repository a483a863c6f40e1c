import type { Constraint } from "libpg-query";

import type { RelationFacts } from "../catalog-facts";
import { nameOf, shortName, stringsOf, type Tree } from "../syntax";
import { type Effect, type EffectContext, factsOf, lock } from "./effect";

const builds: Partial<Record<string, string>> = {
  CONSTR_UNIQUE: "unique constraint",
  CONSTR_PRIMARY: "primary key",
  CONSTR_EXCLUSION: "exclusion constraint",
};

/** A constraint that comes to a table. Those of tables that the script makes itself are its business. */
export function describeAddConstraint(relation: string, constraint: Constraint, context: EffectContext): Effect {
  const { contype = "CONSTR_CHECK", conname, pktable, indexname, skip_validation: isLater } = constraint;
  const [named, table] = [conname ? ` ${conname}` : "", shortName(relation)];
  const held = isLater ? "brief" : "scan";
  const unproved = isLater ? ", without a look at the rows that are there" : ", and checks every row";
  if (contype === "CONSTR_FOREIGN") {
    const parent = nameOf(pktable);
    return {
      words: `Adds foreign key${named} from ${table} to ${shortName(parent)}${unproved}`,
      locks: [lock(relation, "SHARE ROW EXCLUSIVE", held), lock(parent, "SHARE ROW EXCLUSIVE", held)],
    };
  }
  const built = builds[contype];
  if (built && indexname) {
    const isProof = contype !== "CONSTR_PRIMARY" || isPrimaryReady(factsOf(context, relation), indexname, context);
    return {
      words: `Makes index ${indexname} the ${built}${named} of ${table}`,
      locks: [lock(relation, "ACCESS EXCLUSIVE", isProof ? "brief" : "scan")],
    };
  }
  if (built) {
    return {
      words: `Adds ${built}${named} to ${table}`,
      locks: [lock(relation, "ACCESS EXCLUSIVE", "build")],
    };
  }
  if (contype === "CONSTR_NOTNULL") {
    const [column = ""] = stringsOf(constraint.keys as Tree[] | undefined);
    const isProved = isNotNullProved(factsOf(context, relation), column);
    return {
      words: `Lets column ${column} of ${table} never be null${isProved ? "" : unproved}`,
      locks: [lock(relation, "ACCESS EXCLUSIVE", isProved ? "brief" : held)],
    };
  }
  return {
    words: `Adds check${named} to ${table}${unproved}`,
    locks: [lock(relation, "ACCESS EXCLUSIVE", held)],
  };
}

export function describeValidate(relation: string, name: string, context: EffectContext): Effect {
  const constraint = factsOf(context, relation)?.constraints.find((one) => one.name === name);
  const held = constraint?.isValid ? "brief" : "scan";
  return {
    words: `Checks every row of ${shortName(relation)} against constraint ${name}, while the product goes on`,
    locks: [
      lock(relation, "SHARE UPDATE EXCLUSIVE", held),
      ...(constraint?.references && held === "scan" ? [lock(constraint.references, "ROW SHARE", held)] : []),
    ],
  };
}

/** The parent of a foreign key loses its triggers, and is locked for it. */
export function describeDropConstraint(relation: string, name: string, context: EffectContext): Effect {
  const parent = factsOf(context, relation)?.constraints.find((one) => one.name === name)?.references;
  return {
    words: `Drops constraint ${name} of ${shortName(relation)}`,
    locks: [relation, ...(parent ? [parent] : [])].map((table) => lock(table, "ACCESS EXCLUSIVE")),
  };
}

/** A foreign key that is enforced again, or no more, locks its parent; one that is enforced again checks every row. */
export function describeAlterConstraint(
  relation: string,
  name: string,
  enforced: "on" | "off" | undefined,
  context: EffectContext,
): Effect {
  const parent = factsOf(context, relation)?.constraints.find((one) => one.name === name)?.references;
  const held = enforced === "on" ? "scan" : "brief";
  return {
    words: `Changes when constraint ${name} of ${shortName(relation)} is checked`,
    locks: [relation, ...(parent && enforced ? [parent] : [])].map((table) => lock(table, "ACCESS EXCLUSIVE", held)),
  };
}

/** SET NOT NULL reads no row where a valid CHECK or the column itself proves it. */
export function isNotNullProved(facts: RelationFacts | undefined, column: string): boolean {
  if (facts?.columns[column]?.isNotNull) return true;
  const quoted = /^[a-z_][a-z0-9_]*$/.test(column) ? column : `"${column}"`;
  return (facts?.constraints ?? []).some(
    ({ kind, isValid, definition }) =>
      kind === "check" && isValid && definition.replaceAll(/^CHECK |[()]/g, "") === `${quoted} IS NOT NULL`,
  );
}

function isPrimaryReady(facts: RelationFacts | undefined, index: string, { facts: catalog }: EffectContext): boolean {
  const indexed = Object.keys(catalog.relations.get(`${facts?.name.split(".")[0]}.${index}`)?.columns ?? {});
  return indexed.length > 0 && indexed.every((column) => isNotNullProved(facts, column));
}

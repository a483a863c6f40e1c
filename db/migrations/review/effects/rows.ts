import type { CopyStmt, DeleteStmt, InsertStmt, MergeStmt, RangeVar, SelectStmt, UpdateStmt } from "libpg-query";

import { listNodes, nameOf, relationsWithin, shortName, stringsOf, type Tree } from "../syntax";
import { type Effect, lock, unknownEffect } from "./effect";

const harmless = new Set(
  `now count sum min max avg coalesce set_config current_setting to_regclass to_regrole to_regprocedure to_regnamespace
   to_regtype has_table_privilege has_schema_privilege format quote_ident quote_literal array_agg string_agg
   jsonb_build_object jsonb_agg lower upper length row_number generate_series md5 gen_random_uuid random
   pg_get_serial_sequence greatest least date_trunc clock_timestamp pg_backend_pid pg_advisory_xact_lock concat concat_ws
   replace array_length unnest cardinality has_function_privilege pg_has_role has_column_privilege`.split(/\s+/),
);

export function describeSelect(statement: SelectStmt): Effect[] {
  const sources = relationsWithin(statement).map(nameOf);
  const called = strangeFunctions(statement);
  if (called.length > 0) return [unknownEffect(`Calls ${called.join(", ")}`, sources)];
  const words = sources.length > 0 ? `Reads ${sources.map(shortName).join(", ")}` : "Computes a value";
  return [{ words, locks: sources.map((one) => lock(one, "ACCESS SHARE", "scan")) }];
}

export function describeInsert({ relation, selectStmt, onConflictClause }: InsertStmt): Effect[] {
  const isUpsert = onConflictClause?.action === "ONCONFLICT_UPDATE";
  return [change(`${isUpsert ? "Inserts or updates" : "Inserts"} rows of`, relation, selectStmt, "brief")];
}

export function describeUpdate(statement: UpdateStmt): Effect[] {
  const which = statement.whereClause ? "rows" : "every row";
  return [{ ...change(`Updates ${which} of`, statement.relation, statement, "scan"), isReversible: false }];
}

export function describeDelete(statement: DeleteStmt): Effect[] {
  const which = statement.whereClause ? "rows" : "every row";
  return [{ ...change(`Deletes ${which} of`, statement.relation, statement, "scan"), isReversible: false }];
}

export function describeMerge(statement: MergeStmt): Effect[] {
  return [{ ...change("Merges rows into", statement.relation, statement, "scan"), isReversible: false }];
}

export function describeCopy({ relation, is_from: isIn, query }: CopyStmt): Effect[] {
  if (isIn) return [change("Loads rows into", relation, undefined, "brief")];
  const sources = relation ? [relation] : relationsWithin(query);
  return [{ words: "Reads rows out", locks: sources.map((one) => lock(nameOf(one), "ACCESS SHARE", "scan")) }];
}

/** Rows that it changes are locked until the transaction ends; whoever changes the same rows waits. */
function change(words: string, target: RangeVar | undefined, query: unknown, held: "brief" | "scan"): Effect {
  const name = nameOf(target);
  const sources = relationsWithin(query).map(nameOf);
  return {
    words: `${words} ${shortName(name)}`,
    locks: [
      lock(name, "ROW EXCLUSIVE", held),
      ...sources.filter((one) => one !== name).map((one) => lock(one, "ACCESS SHARE", "scan")),
    ],
  };
}

/** Functions that nobody has looked into: they may do anything. */
export function strangeFunctions(tree: unknown): string[] {
  const called = listNodes<{ funcname?: Tree[] }>(tree, "FuncCall").map(({ funcname }) => stringsOf(funcname));
  return called.filter((parts) => !harmless.has(parts.at(-1) ?? "")).map((parts) => parts.join("."));
}

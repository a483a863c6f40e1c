import type { ColumnDef, Constraint, TypeName } from "libpg-query";

import type { StatementLock } from "../statement-effect";
import { listNodes, nameOf, shortName, stringsOf, type Tree } from "../syntax";
import { spellType } from "./column-type";
import { type Effect, type EffectContext, lock } from "./effect";

/** Functions of defaults that give the same for all rows of one statement. Any other is taken for volatile. */
const steady = new Set(
  `now statement_timestamp transaction_timestamp current_setting current_user session_user date_trunc make_date make_time
   make_timestamp make_timestamptz make_interval to_date to_timestamp to_char lower upper timezone array_fill
   jsonb_build_object jsonb_build_array json_build_object json_build_array to_jsonb st_geomfromtext st_makepoint
   st_setsrid current_database int4range int8range numrange tstzrange tsrange daterange`.split(/\s+/),
);

/** A new column: brief where all rows get the same value from the catalog, a rewrite where each gets its own. */
export function describeAddColumn(relation: string, column: ColumnDef, context: EffectContext): Effect {
  const constraints = constraintsOf(column);
  const held = heldFor(column, constraints, context);
  const parents = constraints.flatMap(({ contype, pktable }) => (contype === "CONSTR_FOREIGN" ? nameOf(pktable) : []));
  const fills = held === "rewrite" ? ", and writes a value of its own into each row" : "";
  return {
    words: `Adds column ${column.colname} to ${shortName(relation)}${fills}`,
    locks: [
      lock(relation, "ACCESS EXCLUSIVE", held),
      ...parents.map((parent) => lock(parent, "SHARE ROW EXCLUSIVE", held === "scan" ? "scan" : "brief")),
    ],
  };
}

function heldFor(
  column: ColumnDef,
  constraints: readonly Constraint[],
  { facts }: EffectContext,
): StatementLock["held"] {
  const has = (kind: Constraint["contype"]) => constraints.some(({ contype }) => contype === kind);
  const type = stringsOf(column.typeName?.names as Tree[] | undefined).at(-1) ?? "";
  const initial = constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
  const isStored = constraints.some(
    ({ contype, generated_kind: kind }) => contype === "CONSTR_GENERATED" && kind !== "v",
  );
  if (has("CONSTR_IDENTITY") || isStored || /^(small|big)?serial\d?$/.test(type)) return "rewrite";
  if ((initial && isVolatile(initial)) || facts.constrainedDomains.has(type)) return "rewrite";
  if (has("CONSTR_UNIQUE") || has("CONSTR_PRIMARY")) return "build";
  if (has("CONSTR_CHECK") || (has("CONSTR_NOTNULL") && !initial && !has("CONSTR_GENERATED"))) return "scan";
  return has("CONSTR_FOREIGN") && initial && !isNull(initial) ? "scan" : "brief";
}

export function constraintsOf(column: ColumnDef): Constraint[] {
  return ((column.constraints ?? []) as Tree[]).flatMap(({ Constraint: one }) => one ?? []);
}

export function isVolatile(expression: unknown): boolean {
  return listNodes<{ funcname?: Tree[] }>(expression, "FuncCall").some(
    ({ funcname }) => !steady.has(stringsOf(funcname).at(-1) ?? ""),
  );
}

function isNull(expression: Tree): boolean {
  return expression.A_Const?.isnull === true;
}

/** As `format_type` spells it. */
export function typeOf(type: TypeName | undefined): string {
  const lengths = ((type?.typmods ?? []) as Tree[]).map(({ A_Const: one }) => one?.ival?.ival ?? 0);
  return spellType(stringsOf(type?.names as Tree[] | undefined), lengths, (type?.arrayBounds ?? []).length > 0);
}

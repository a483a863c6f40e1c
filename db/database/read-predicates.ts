import { loadModule, parseSync } from "libpg-query";

import type { IndexColumn, Predicates } from "../rules/database/index-candidates";
import type { SyntaxNode } from "./parse-statement";

type Json = Record<string, unknown>;
type Column = { alias: string; name: string };

const conditionLabels = ["Filter", "Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter"];
const ranges = ["<", "<=", ">", ">="];

/**
 * What the conditions and sorts of a plan ask of each of its tables. `explained` is the answer of
 * `explain (verbose, format json)`, where each column stands with its table. What is no comparison of a plain column
 * is left out.
 */
export async function readPredicates(explained: unknown): Promise<Predicates[]> {
  await loadModule();
  const nodes = listPlanNodes((Array.isArray(explained) ? explained[0] : explained)?.Plan);
  const tables = new Map<string, Predicates>();
  for (const { Alias: alias, Schema: schema, "Relation Name": table } of nodes) {
    if (typeof alias !== "string" || typeof schema !== "string" || typeof table !== "string") continue;
    tables.set(alias, { schema, table, equal: [], joined: [], ranges: [], order: [] });
  }
  const note = (column: Column | undefined, list: "equal" | "joined" | "ranges") => {
    const names = column && tables.get(column.alias)?.[list];
    if (column && names && !names.includes(column.name)) names.push(column.name);
  };
  for (const node of nodes) {
    for (const label of conditionLabels) {
      for (const conjunct of conjunctsOf(node[label])) noteConjunct(conjunct, note);
    }
    const keys = toOrder(node["Sort Key"]);
    const table = keys && tables.get(keys.alias);
    if (table && table.order.length === 0) table.order = keys.columns;
  }
  return [...tables.values()];
}

function listPlanNodes(node: unknown): Json[] {
  if (typeof node !== "object" || node === null) return [];
  const { Plans: below } = node as Json;
  return [node as Json, ...(Array.isArray(below) ? below.flatMap(listPlanNodes) : [])];
}

function noteConjunct(
  node: SyntaxNode,
  note: (column: Column | undefined, list: "equal" | "joined" | "ranges") => void,
): void {
  const alone = columnOf(node) ?? columnOf(firstArgument(node.BoolExpr, "NOT_EXPR"));
  if (alone) note(alone, "equal");
  const test = node.NullTest as SyntaxNode | undefined;
  if (test?.nulltesttype === "IS_NULL") note(columnOf(test.arg), "equal");
  const comparison = node.A_Expr as SyntaxNode | undefined;
  if (!comparison || !["AEXPR_OP", "AEXPR_OP_ANY"].includes(String(comparison.kind))) return;
  const [operator] = ((comparison.name as { String?: { sval?: string } }[] | undefined) ?? []).map(
    (one) => one.String?.sval,
  );
  const [left, right] = [columnOf(comparison.lexpr), columnOf(comparison.rexpr)];
  if (left && right) {
    if (operator === "=" && left.alias !== right.alias) for (const column of [left, right]) note(column, "joined");
    return;
  }
  const column = left ?? right;
  const other = left ? comparison.rexpr : comparison.lexpr;
  if (!column || JSON.stringify(other ?? {}).includes('"ColumnRef"')) return;
  if (operator === "=") note(column, "equal");
  if (operator && ranges.includes(operator)) note(column, "ranges");
}

function conjunctsOf(condition: unknown): SyntaxNode[] {
  if (typeof condition !== "string") return [];
  const readable = condition.replaceAll(/\((?:hashed )?(?:SubPlan|InitPlan) \d+\)(?:\.col\d+)?/g, "(null)");
  const [select] = tryParse(`select where ${readable}`);
  return splitAnd(select?.whereClause);
}

function splitAnd(node: unknown): SyntaxNode[] {
  if (typeof node !== "object" || node === null) return [];
  const both = (node as SyntaxNode).BoolExpr as SyntaxNode | undefined;
  if (both?.boolop === "AND_EXPR" && Array.isArray(both.args)) return both.args.flatMap(splitAnd);
  return [node as SyntaxNode];
}

/** Null where the keys are no plain columns of one table. */
function toOrder(keys: unknown): { alias: string; columns: IndexColumn[] } | null {
  if (!Array.isArray(keys)) return null;
  const sorts = keys.map((key) => {
    const [select] = tryParse(`select order by ${key}`);
    const sort = ((select?.sortClause as SyntaxNode[] | undefined)?.[0]?.SortBy ?? {}) as SyntaxNode;
    const direction = `${sort.sortby_dir === "SORTBY_DESC" ? " desc" : ""}${nullsOf(sort)}`;
    return { column: columnOf(sort.node), direction };
  });
  const [first] = sorts;
  const alias = first?.column?.alias;
  if (!first || !alias || sorts.some(({ column }) => column?.alias !== alias)) return null;
  // An index is read backwards as well as forwards.
  const isPlain =
    sorts.every(({ direction }) => direction === "") || sorts.every(({ direction }) => direction === " desc");
  const columns = sorts.map(({ column, direction }) => ({
    name: column?.name as string,
    direction: isPlain ? "" : direction,
  }));
  return { alias, columns };
}

function nullsOf({ sortby_nulls: nulls }: SyntaxNode): string {
  if (nulls === "SORTBY_NULLS_FIRST") return " nulls first";
  return nulls === "SORTBY_NULLS_LAST" ? " nulls last" : "";
}

function tryParse(text: string): SyntaxNode[] {
  try {
    return (parseSync(text).stmts ?? []).map(({ stmt }) => (stmt as SyntaxNode).SelectStmt as SyntaxNode);
  } catch {
    return [];
  }
}

/** The plain column that a node is, also where the server only relabels it as text. */
function columnOf(node: unknown): Column | undefined {
  const { ColumnRef: column, TypeCast: cast } = (node ?? {}) as { ColumnRef?: SyntaxNode; TypeCast?: SyntaxNode };
  if (cast && /"(text|varchar|bpchar)"/.test(JSON.stringify((cast.typeName as SyntaxNode)?.names))) {
    return columnOf(cast.arg);
  }
  const fields = (column?.fields ?? []) as { String?: { sval?: string } }[];
  const [alias, name] = fields.map((field) => field.String?.sval);
  return fields.length === 2 && alias && name ? { alias, name } : undefined;
}

function firstArgument(node: unknown, kind: string): unknown {
  const { boolop, args } = (node ?? {}) as { boolop?: string; args?: unknown[] };
  return boolop === kind ? args?.[0] : undefined;
}

/** Kinds of syntax that only read, whatever they stand in. What is not here is not proved. */
const harmless = new Set(
  `SelectStmt ResTarget ColumnRef ParamRef A_Const A_Star A_Expr A_ArrayExpr BoolExpr NullTest
   BooleanTest CaseExpr CaseWhen CoalesceExpr MinMaxExpr RowExpr SubLink FuncCall NamedArgExpr TypeCast CollateClause
   SQLValueFunction GroupingSet GroupingFunc WindowDef SortBy RangeVar RangeSubselect RangeFunction JoinExpr
   CommonTableExpr List String Integer Float Boolean BitString`.split(/\s+/),
);

const refusals: Record<string, string> = {
  InsertStmt: "it inserts rows",
  UpdateStmt: "it changes rows",
  DeleteStmt: "it deletes rows",
  MergeStmt: "it changes rows",
  LockingClause: "it locks the rows that it reads",
};

/**
 * Why a statement is not proved to read alone, as the end of a sentence; null where it is, as far as its own text
 * says: what its functions, operators, types and tables are is for the catalog to tell.
 */
export function refuseSyntax(kind: string, tree: unknown): string | null {
  if (kind !== "SelectStmt") return refusals[kind] ?? "it is no SELECT";
  return refuseNode(tree);
}

function refuseNode(node: unknown): string | null {
  if (typeof node !== "object" || node === null) return null;
  if (Array.isArray(node)) return firstOf(node.map(refuseNode));
  return firstOf(
    Object.entries(node).map(([name, below]) => {
      if (name === "intoClause") return "it makes a table of what it reads";
      if (refusals[name]) return refusals[name];
      if (/^[A-Z]/.test(name) && !harmless.has(name)) return `it holds ${name}, which is not proved to read alone`;
      return refuseNode(below);
    }),
  );
}

function firstOf(refused: (string | null)[]): string | null {
  return refused.find((one) => one !== null) ?? null;
}

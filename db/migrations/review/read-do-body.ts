import { parsePlPgSQLSync, parseSync } from "libpg-query";

import { listNodes, stringsOf, type Tree } from "./syntax";

export type DoBody = {
  /** Statements of the body, and those that it executes from a text without gaps. */
  statements: { text: string; kind: string; tree: Tree }[];
  /** Texts that it puts together as it runs, and so cannot be read. */
  unreadable: string[];
};

/** What the body of a DO of PL/pgSQL runs; undefined where it is another language, or is not understood. */
export function readDoBody(text: string): DoBody | undefined {
  try {
    const parsed: unknown = parsePlPgSQLSync(text);
    const body: DoBody = { statements: [], unreadable: [] };
    for (const kind of ["PLpgSQL_stmt_execsql", "PLpgSQL_stmt_perform", "PLpgSQL_stmt_fors"]) {
      for (const node of listNodes<Holder>(parsed, kind)) {
        const query = (node.sqlstmt ?? node.expr ?? node.query)?.PLpgSQL_expr?.query;
        if (query) body.statements.push(...read(query));
      }
    }
    for (const kind of ["PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors"]) {
      for (const { query } of listNodes<Holder>(parsed, kind)) {
        const expression = query?.PLpgSQL_expr?.query ?? "";
        const constant = constantText(expression);
        if (constant === undefined) body.unreadable.push(expression);
        else body.statements.push(...read(constant));
      }
    }
    return body;
  } catch {
    return undefined;
  }
}

type Expression = { PLpgSQL_expr?: { query?: string } };
type Holder = { sqlstmt?: Expression; expr?: Expression; query?: Expression };

function read(query: string): DoBody["statements"] {
  return (parseSync(query).stmts ?? []).flatMap(({ stmt }) => {
    const tree = stmt as Tree | undefined;
    const [kind] = Object.keys(tree ?? {});
    return tree && kind ? [{ text: query, kind, tree }] : [];
  });
}

/** A literal, or format() of one without placeholders. */
function constantText(expression: string): string | undefined {
  const [select] = (parseSync(`select ${expression}`).stmts ?? []).map(({ stmt }) => (stmt as Tree).SelectStmt);
  const value = (select?.targetList?.[0] as Tree | undefined)?.ResTarget?.val as Tree | undefined;
  const call = value?.FuncCall;
  if (call && stringsOf(call.funcname as Tree[]).at(-1) === "format" && call.args?.length === 1) {
    return (call.args[0] as Tree).A_Const?.sval?.sval?.replaceAll("%%", "%");
  }
  return value?.A_Const?.sval?.sval;
}

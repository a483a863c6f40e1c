import { parsePlPgSQLSync, parseSync } from "libpg-query";

import { strangeFunctions } from "./effects/rows";
import { listNodes, optionsOf, stringsOf, type Tree } from "./syntax";

export type DoBody = {
  /** Statements of the body, and those that it executes from a text without gaps. */
  statements: { text: string; kind: string; tree: Tree }[];
  /** Texts that it puts together as it runs, and so cannot be read. */
  unreadable: string[];
};

/** What the body of a DO runs; undefined where its language is not PL/pgSQL, or it is not understood. */
export function readDoBody(text: string): DoBody | undefined {
  try {
    if (languageOf(text) !== "plpgsql") return undefined;
    const parsed: unknown = parsePlPgSQLSync(text);
    const body: DoBody = { statements: [], unreadable: [] };
    for (const { query, parseMode = 0 } of listNodes<Expression>(parsed, "PLpgSQL_expr")) {
      if (query === undefined) continue;
      if (parseMode === statementMode) body.statements.push(...read(query));
      else
        body.statements.push(
          ...read(`select ${parseMode === expressionMode ? query : assigned(query)}`).filter(isStrange),
        );
    }
    for (const kind of ["PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors"]) {
      for (const { query } of listNodes<{ query?: { PLpgSQL_expr?: Expression } }>(parsed, kind)) {
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

/** parseMode 0 is a statement, 2 an expression, what is above it assigns one. */
type Expression = { query?: string; parseMode?: number };
const [statementMode, expressionMode] = [0, 2];

function languageOf(text: string): string {
  const [block] = (parseSync(text).stmts ?? []).map(({ stmt }) => (stmt as Tree).DoStmt);
  const language = optionsOf(block?.args as Tree[] | undefined).find(({ defname }) => defname === "language");
  return stringsOf(language?.arg as Tree | undefined)[0] ?? "plpgsql";
}

function assigned(assignment: string): string {
  return assignment.replace(/^[^=]*?:?=/, "");
}

/** Conditions and assignments count only where they call what may do anything. */
function isStrange({ tree }: DoBody["statements"][number]): boolean {
  return strangeFunctions(tree).length > 0;
}

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

import { hasSqlDetails, loadModule, parseSync } from "libpg-query";

import { MigrationError } from "../migration-error";
import type { Tree } from "./syntax";

export type ReadStatement = {
  /** As it is written, without the comments before it and the semicolon after it. */
  text: string;
  /** For example AlterTableStmt. */
  kind: string;
  tree: Tree;
  /** Characters of the script before the statement, and before what follows it. */
  from: number;
  to: number;
};

/**
 * The statements of a script by the server's own parser, of PostgreSQL 18; the parser is loaded at the first call.
 * Throws MigrationError where the text is no SQL.
 */
export async function readStatements(script: string): Promise<ReadStatement[]> {
  await loadModule();
  const bytes = Buffer.from(script);
  const charactersBefore = (position: number) => bytes.subarray(0, position).toString().length;
  return parse(script).flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    const [kind] = Object.keys(stmt ?? {});
    if (!kind) return [];
    const end = length ? start + length : bytes.length;
    const whole = bytes.subarray(start, end).toString();
    const text = whole.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, "");
    const from = charactersBefore(start) + whole.length - text.length;
    return { text: text.trimEnd(), kind, tree: stmt as Tree, from, to: charactersBefore(end) };
  });
}

function parse(script: string) {
  try {
    return parseSync(script).stmts ?? [];
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    const before = script.slice(0, error.sqlDetails?.cursorPosition ?? 0);
    throw new MigrationError(
      `The script is not understood as SQL of PostgreSQL: ${error.message}, line ${before.split("\n").length}. Mend it there.`,
      { cause: error },
    );
  }
}

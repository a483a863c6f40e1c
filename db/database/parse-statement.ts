import { loadModule, parseSync } from "libpg-query";

export type ParsedStatement = {
  /** One statement; its parameters stand where the server itself takes them. */
  text: string;
  /** For example SelectStmt. */
  kind: string;
  tree: SyntaxNode;
};

export type SyntaxNode = { [name: string]: unknown };

const plannable = ["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"];

/** pg_stat_statements is read up to this length. */
export const mostTextCharacters = 10_000;

/** The one statement of a text of pg_stat_statements, or the sentence why it cannot be planned. */
export async function parseStatement(text: string): Promise<ParsedStatement | { sentence: string }> {
  if (text.length >= mostTextCharacters) {
    return { sentence: "It cannot be planned: its text is longer than what is kept, and so it was cut." };
  }
  await loadModule();
  const statements = tryParse(text);
  if (!statements) {
    return { sentence: "It cannot be planned: its text is cut, or is not understood as SQL of PostgreSQL." };
  }
  const [first, ...others] = statements;
  const [kind, tree] = Object.entries((first?.stmt ?? {}) as SyntaxNode)[0] ?? [];
  if (!first || !kind || others.length > 0) {
    return { sentence: "It cannot be planned: its text holds more or less than one statement." };
  }
  if (!plannable.includes(kind)) {
    const what = kind
      .replace(/Stmt$/, "")
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
      .toLowerCase();
    return {
      sentence: `It cannot be planned: it is a command (${what}), and only what reads or changes rows has a plan.`,
    };
  }
  if (namesOf(tree, "FuncCall").some((name) => /_to_xml/.test(name))) {
    return { sentence: "It is not planned: to plan it the server would read the tables that it writes as XML." };
  }
  const bytes = Buffer.from(text);
  const from = first.stmt_location ?? 0;
  const one = bytes.subarray(from, first.stmt_len ? from + first.stmt_len : undefined).toString();
  return { text: spellOutCasts(one), kind, tree: tree as SyntaxNode };
}

function tryParse(text: string) {
  try {
    return parseSync(text).stmts ?? [];
  } catch {
    return undefined;
  }
}

/** Every node of a tree with the name of its kind, from above. */
export function* walk(node: unknown, kind = ""): Generator<[kind: string, node: SyntaxNode]> {
  if (Array.isArray(node)) {
    for (const one of node) yield* walk(one, kind);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  yield [kind, node as SyntaxNode];
  for (const [name, below] of Object.entries(node)) yield* walk(below, name);
}

/** The last names, without schemas, of the functions (FuncCall) or operators (A_Expr) of a tree. */
export function namesOf(tree: unknown, kind: "FuncCall" | "A_Expr"): string[] {
  return [...walk(tree)].flatMap(([found, node]) => {
    if (found !== kind) return [];
    const names = (kind === "FuncCall" ? node.funcname : node.name) as { String?: { sval?: string } }[] | undefined;
    return names?.at(-1)?.String?.sval ?? [];
  });
}

type Replacement = { start: number; end: number; text: string };

/** `interval $1` is how the server writes a constant away, and nothing that it reads: it becomes cast($1 as interval). */
function spellOutCasts(text: string): string {
  const bytes = Buffer.from(text);
  const found: Replacement[] = [];
  for (const [kind, node] of walk(tryParse(text))) {
    if (kind === "TypeCast") found.push(...castOf(node, bytes));
    if (kind === "FuncCall") found.push(...extractOf(node, bytes));
  }
  found.sort((one, other) => other.start - one.start);
  let written = bytes;
  for (const { start, end, text: by } of found) {
    written = Buffer.concat([written.subarray(0, start), Buffer.from(by), written.subarray(end)]);
  }
  return written.toString();
}

function castOf({ arg, typeName }: SyntaxNode, bytes: Buffer): Replacement[] {
  const parameter = (arg as SyntaxNode | undefined)?.ParamRef as SyntaxNode | undefined;
  const [start, at] = [locationOf(typeName), locationOf(parameter)];
  if (start === null || at === null || start >= at) return [];
  const type = bytes.subarray(start, at).toString().trim();
  if (!/^[a-z_ ."]+(\(\d+\))?$/i.test(type) || /^cast\b/i.test(type)) return [];
  const name = `$${parameter?.number}`;
  return [{ start, end: at + name.length, text: `cast(${name} as ${type})` }];
}

/** `extract($1 from …)` likewise; date_part takes the field as a value. */
function extractOf({ funcname, args, location }: SyntaxNode, bytes: Buffer): Replacement[] {
  const parameter = (args as SyntaxNode[] | undefined)?.[0]?.ParamRef as SyntaxNode | undefined;
  const [start, at] = [typeof location === "number" ? location : null, locationOf(parameter)];
  if (!JSON.stringify(funcname).includes('"extract"') || start === null || at === null) return [];
  const name = `$${parameter?.number}`;
  const rest = bytes.subarray(at + name.length).toString();
  const from = /^\s+from\b/i.exec(rest);
  if (!from) return [];
  return [{ start, end: at + name.length + from[0].length, text: `pg_catalog.extract(${name}::text,` }];
}

/** In bytes; where it is 0 the tree leaves it out. Null where there is no such node. */
function locationOf(node: unknown): number | null {
  if (typeof node !== "object" || node === null) return null;
  const { location } = node as SyntaxNode;
  return typeof location === "number" ? location : 0;
}

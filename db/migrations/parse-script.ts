import { loadModule, parseSync } from "libpg-query";

/** What a statement does concurrently, so that a crash in its middle can be told from its end. Names are unquoted. */
export type ConcurrentWork =
  | { does: "create index"; schema: string; index: string }
  | { does: "drop index"; schema: string; index: string }
  | { does: "reindex"; schema: string; of: "index" | "table"; name: string }
  | { does: "detach"; parent: string; child: string };

export type ScriptStatement = {
  /** From 1. */
  position: number;
  /** Without the comments before it and the semicolon after it. */
  text: string;
  /** Undefined where it does nothing concurrently. */
  concurrent: ConcurrentWork | undefined;
  /** False where PostgreSQL refuses it inside a transaction, or where it may end transactions of its own. */
  fitsTransaction: boolean;
};

type SyntaxNode = { [name: string]: unknown };
type RangeName = { schemaname?: string; relname?: string };

const neverInTransaction = new Set([
  "CallStmt",
  "CreatedbStmt",
  "DropdbStmt",
  "AlterSystemStmt",
  "CreateTableSpaceStmt",
  "DropTableSpaceStmt",
  "CreateSubscriptionStmt",
  "AlterSubscriptionStmt",
  "DropSubscriptionStmt",
  "DoStmt",
]);

/** The statements of a script in their order. Throws where the text is no SQL of PostgreSQL 18. */
export async function parseScript(text: string): Promise<ScriptStatement[]> {
  await loadModule();
  const bytes = Buffer.from(text);
  const parsed = (parseSync(text).stmts ?? []).filter(({ stmt }: { stmt?: unknown }) => stmt);
  return parsed.map(({ stmt, stmt_location: from = 0, stmt_len: length }, position) => {
    const [kind = "", node = {}] = Object.entries(stmt as SyntaxNode)[0] ?? [];
    const concurrent = concurrentWork(kind, node as SyntaxNode);
    return {
      position: position + 1,
      text: withoutLeadingComments(bytes.subarray(from, length ? from + length : undefined).toString()),
      concurrent,
      fitsTransaction: !concurrent && !isBare(kind, node as SyntaxNode),
    };
  });
}

/** The same, or the whole text as one statement where it is not understood: the server says what is wrong with it. */
export async function parseScriptOrWhole(text: string): Promise<ScriptStatement[]> {
  return parseScript(text).catch(() => [{ position: 1, text, concurrent: undefined, fitsTransaction: true }]);
}

function withoutLeadingComments(text: string): string {
  return text.replace(/^(\s|--[^\n]*(\n|$)|\/\*[\s\S]*?\*\/)+/, "").trimEnd();
}

function isBare(kind: string, node: SyntaxNode): boolean {
  if (kind === "VacuumStmt") return node.is_vacuumcmd === true;
  if (kind === "ReindexStmt") return node.kind !== "REINDEX_OBJECT_INDEX" && node.kind !== "REINDEX_OBJECT_TABLE";
  if (kind === "ClusterStmt") return node.relation === undefined;
  return neverInTransaction.has(kind);
}

function concurrentWork(kind: string, node: SyntaxNode): ConcurrentWork | undefined {
  if (kind === "IndexStmt" && node.concurrent) {
    const { schemaname: schema = "public" } = node.relation as RangeName;
    return { does: "create index", schema, index: (node.idxname as string | undefined) ?? "" };
  }
  if (kind === "DropStmt" && node.concurrent) {
    const [first] = node.objects as { List: { items: { String: { sval: string } }[] } }[];
    const names = first?.List.items.map(({ String: { sval } }) => sval) ?? [];
    return { does: "drop index", schema: names.at(-2) ?? "public", index: names.at(-1) as string };
  }
  if (kind === "ReindexStmt" && JSON.stringify(node.params ?? "").includes('"concurrently"')) {
    const { schemaname: schema = "public", relname: name } = (node.relation ?? {}) as RangeName;
    if (!name) return undefined;
    return { does: "reindex", schema, of: node.kind === "REINDEX_OBJECT_INDEX" ? "index" : "table", name };
  }
  if (kind === "AlterTableStmt") return detachment(node);
  return undefined;
}

function detachment({ relation, cmds }: SyntaxNode): ConcurrentWork | undefined {
  const [command] = cmds as { AlterTableCmd: { subtype: string; def?: { PartitionCmd?: SyntaxNode } } }[];
  const detached = command?.AlterTableCmd.def?.PartitionCmd;
  if (command?.AlterTableCmd.subtype !== "AT_DetachPartition" || !detached?.concurrent) return undefined;
  return { does: "detach", parent: named(relation as RangeName), child: named(detached.name as RangeName) };
}

function named({ schemaname: schema = "public", relname = "" }: RangeName): string {
  return `${schema}.${relname}`;
}

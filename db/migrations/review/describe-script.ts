import type { CatalogFacts } from "./catalog-facts";
import {
  describeAttachment,
  describeComment,
  describeGrant,
  describeMove,
  describePublication,
  describeRename,
  describeStatistics,
} from "./effects/about-tables";
import { describeAlterTable } from "./effects/alter-table";
import {
  describeCreateFromQuery,
  describeCreateIndex,
  describeCreateTable,
  describeCreateView,
} from "./effects/create";
import { describeDrop } from "./effects/drop";
import { type Effect, type EffectContext, merge, nothing, unknownEffect } from "./effects/effect";
import {
  describeCluster,
  describeLock,
  describeRefresh,
  describeReindex,
  describeTruncate,
  describeVacuum,
} from "./effects/maintain";
import {
  describeCopy,
  describeDelete,
  describeInsert,
  describeMerge,
  describeSelect,
  describeUpdate,
} from "./effects/rows";
import { readDoBody } from "./read-do-body";
import type { ReadStatement } from "./read-statements";
import type { StatementEffect } from "./statement-effect";
import { nameOf, relationsWithin, type Tree } from "./syntax";

type Describers = { [Kind in keyof Tree]?: (node: NonNullable<Tree[Kind]>, context: EffectContext) => Effect[] };

const describers: Describers = {
  AlterTableStmt: describeAlterTable,
  CreateStmt: describeCreateTable,
  IndexStmt: describeCreateIndex,
  CreateTableAsStmt: describeCreateFromQuery,
  ViewStmt: describeCreateView,
  DropStmt: describeDrop,
  TruncateStmt: describeTruncate,
  VacuumStmt: describeVacuum,
  ClusterStmt: describeCluster,
  ReindexStmt: describeReindex,
  RefreshMatViewStmt: describeRefresh,
  LockStmt: describeLock,
  SelectStmt: describeSelect,
  InsertStmt: describeInsert,
  UpdateStmt: describeUpdate,
  DeleteStmt: describeDelete,
  MergeStmt: describeMerge,
  CopyStmt: describeCopy,
  RenameStmt: describeRename,
  AlterObjectSchemaStmt: describeMove,
  CommentStmt: describeComment,
  CreateStatsStmt: describeStatistics,
  AlterPublicationStmt: describePublication,
  CreatePublicationStmt: describePublication,
  GrantStmt: describeGrant,
  CreateTrigStmt: ({ trigname, relation }) =>
    describeAttachment(`Adds trigger ${trigname}`, relation, "SHARE ROW EXCLUSIVE"),
  CreatePolicyStmt: ({ policy_name: name, table }) =>
    describeAttachment(`Adds policy ${name}`, table, "ACCESS EXCLUSIVE"),
  AlterPolicyStmt: ({ policy_name: name, table }) =>
    describeAttachment(`Changes policy ${name}`, table, "ACCESS EXCLUSIVE"),
  RuleStmt: ({ rulename, relation }) => describeAttachment(`Adds rule ${rulename}`, relation, "ACCESS EXCLUSIVE"),
};

/** Statements that touch no table that stands, and run in a transaction. */
const withoutTables: Partial<Record<keyof Tree, string>> = {
  CreateSchemaStmt: "Makes a schema",
  CreateFunctionStmt: "Makes or replaces a function",
  AlterFunctionStmt: "Changes a function",
  AlterOwnerStmt: "Gives something to another role",
  AlterDefaultPrivilegesStmt: "Changes what later tables grant",
  VariableSetStmt: "Changes a setting",
  CreateExtensionStmt: "Installs an extension",
  CreateEnumStmt: "Makes an enum type",
  AlterEnumStmt: "Adds or renames a value of an enum type",
  CompositeTypeStmt: "Makes a type",
  CreateDomainStmt: "Makes a domain",
  CreateRangeStmt: "Makes a range type",
  CreateSeqStmt: "Makes a sequence",
  AlterSeqStmt: "Changes a sequence",
  CreateRoleStmt: "Makes a role",
  AlterRoleStmt: "Changes a role",
  AlterRoleSetStmt: "Changes settings of a role",
  DropRoleStmt: "Drops a role",
  GrantRoleStmt: "Changes who is a member of a role",
  DefineStmt: "Defines a type, an operator or an aggregate",
  TransactionStmt: "Begins or ends a transaction",
  NotifyStmt: "Sends a notification",
  CheckPointStmt: "Writes a checkpoint",
  AlterDatabaseSetStmt: "Changes settings of a database",
};

const outsideTransactions = new Set(
  `CreatedbStmt DropdbStmt AlterSystemStmt CreateTableSpaceStmt DropTableSpaceStmt CreateSubscriptionStmt
   DropSubscriptionStmt`.split(/\s+/),
);

/**
 * What each statement of a script does, in their order: its locks on relations that stood before, and what it does to
 * their rows. Where the catalog is not known, or a statement is of a class that nobody stated, the worst is taken.
 */
export function describeScript(statements: readonly ReadStatement[], facts: CatalogFacts): StatementEffect[] {
  const made = new Set<string>();
  return statements.map((statement) => {
    const context = { facts, made };
    const effect = { text: statement.text, ...merge(describe(statement, context), context) };
    for (const name of madeBy(statement.tree)) made.add(name);
    return effect;
  });
}

function describe(
  { text, kind, tree }: Pick<ReadStatement, "text" | "kind" | "tree">,
  context: EffectContext,
): Effect[] {
  if (kind === "DoStmt") return describeDo(text, context);
  const describer = describers[kind as keyof Tree] as ((node: unknown, context: EffectContext) => Effect[]) | undefined;
  if (describer) return describer(tree[kind as keyof Tree], context);
  const words = withoutTables[kind as keyof Tree];
  if (words) return [nothing(words)];
  const name = kind.replace(/Stmt$/, "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ");
  const canRunInTransaction = !outsideTransactions.has(kind);
  return [{ ...unknownEffect(`Runs ${name}`, relationsWithin(tree).map(nameOf)), canRunInTransaction }];
}

/** What it runs, one after the other, as far as it can be read. */
function describeDo(text: string, context: EffectContext): Effect[] {
  const body = readDoBody(text);
  if (!body) return [unknownEffect("Runs a block that cannot be read")];
  const inner = { ...context, made: new Set(context.made) };
  const parts = body.statements.flatMap((statement) => {
    const effects = describe(statement, inner);
    for (const name of madeBy(statement.tree)) inner.made.add(name);
    return effects.map((effect) => ({
      ...effect,
      locks: effect.locks.filter(({ relation }) => !inner.made.has(relation)),
    }));
  });
  if (body.unreadable.length > 0) parts.push(unknownEffect("Executes texts that it puts together as it runs"));
  return parts.length > 0 ? parts : [nothing("Runs a block that changes nothing by itself")];
}

/** Relations that nobody knew before the statement. IF NOT EXISTS makes what may have stood, and is left out. */
export function madeBy(tree: Tree): string[] {
  const { CreateStmt: table, CreateTableAsStmt: query, ViewStmt: view } = tree;
  if (table) return table.if_not_exists ? [] : [nameOf(table.relation)];
  if (query) return query.if_not_exists ? [] : [nameOf(query.into?.rel)];
  return view && !view.replace ? [nameOf(view.view)] : [];
}

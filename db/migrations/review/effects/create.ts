import type { CreateStmt, CreateTableAsStmt, IndexStmt, ViewStmt } from "libpg-query";

import { nameOf, relationsOf, relationsWithin, shortName, type Tree } from "../syntax";
import { constraintsOf } from "./add-column";
import { type Effect, type EffectContext, factsOf, lock, withPartitions } from "./effect";

/** A new table locks those that its foreign keys point to, and the one that it is a partition of. */
export function describeCreateTable(statement: CreateStmt, context: EffectContext): Effect[] {
  const name = nameOf(statement.relation);
  const elements = (statement.tableElts ?? []) as Tree[];
  const constraints = elements.flatMap(({ Constraint: own, ColumnDef: column }) => [
    ...(own ? [own] : []),
    ...(column ? constraintsOf(column) : []),
  ]);
  const parents = constraints.flatMap(({ contype, pktable }) => (contype === "CONSTR_FOREIGN" ? nameOf(pktable) : []));
  const models = elements.flatMap(({ TableLikeClause: like }) => (like ? nameOf(like.relation) : []));
  const above = relationsOf(statement.inhRelations as Tree[] | undefined).map(nameOf);
  const spare = statement.partbound && above[0] ? factsOf(context, above[0])?.defaultPartition : undefined;
  return [
    {
      words: statement.partbound
        ? `Makes table ${shortName(name)}, a partition of ${above.map(shortName).join(", ")}`
        : `Makes table ${shortName(name)}`,
      locks: [
        ...parents.filter((parent) => parent !== name).map((parent) => lock(parent, "SHARE ROW EXCLUSIVE")),
        ...models.map((model) => lock(model, "ACCESS SHARE")),
        ...above.map((table) => lock(table, statement.partbound ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE")),
        ...(spare ? [lock(spare, "ACCESS EXCLUSIVE", "scan")] : []),
      ],
    },
  ];
}

export function describeCreateIndex(statement: IndexStmt, context: EffectContext): Effect[] {
  const table = nameOf(statement.relation);
  const kind = statement.unique ? "unique index" : "index";
  const words = `Builds ${kind} ${statement.idxname ?? "without a name"} of ${shortName(table)}`;
  if (statement.concurrent) {
    return [
      {
        words: `${words} while the product goes on, waiting for every older transaction`,
        locks: [lock(table, "SHARE UPDATE EXCLUSIVE", "build")],
        isConcurrent: true,
        canRunInTransaction: false,
      },
    ];
  }
  const tables = statement.relation?.inh ? withPartitions(context, table) : [table];
  return [{ words, locks: tables.map((one) => lock(one, "SHARE", "build")) }];
}

/** CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW read what they are made of; the product goes on. */
export function describeCreateFromQuery(statement: CreateTableAsStmt): Effect[] {
  const name = shortName(nameOf(statement.into?.rel));
  const kind = statement.objtype === "OBJECT_MATVIEW" ? "materialized view" : "table";
  const held = statement.into?.skipData ? "brief" : "scan";
  const sources = relationsWithin(statement.query).map(nameOf);
  return [
    { words: `Makes ${kind} ${name} from a query`, locks: sources.map((one) => lock(one, "ACCESS SHARE", held)) },
  ];
}

/** A view that is replaced is locked, and with it whoever reads it. */
export function describeCreateView(statement: ViewStmt, context: EffectContext): Effect[] {
  const name = nameOf(statement.view);
  const sources = relationsWithin(statement.query).map((one) => lock(nameOf(one), "ACCESS SHARE"));
  const isReplaced = statement.replace && factsOf(context, name) !== undefined;
  return [
    {
      words: `${isReplaced ? "Replaces" : "Makes"} view ${shortName(name)}`,
      locks: [...sources, ...(isReplaced ? [lock(name, "ACCESS EXCLUSIVE")] : [])],
    },
  ];
}

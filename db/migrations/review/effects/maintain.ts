import type { ClusterStmt, LockStmt, RefreshMatViewStmt, ReindexStmt, TruncateStmt, VacuumStmt } from "libpg-query";

import { lockModes } from "../lock-mode";
import { hasOption, nameOf, relationsOf, shortName, type Tree } from "../syntax";
import { type Effect, type EffectContext, factsOf, lock, unknownEffect } from "./effect";

export function describeTruncate(statement: TruncateStmt, context: EffectContext): Effect[] {
  const named = relationsOf(statement.relations as Tree[] | undefined).map(nameOf);
  const isCascade = statement.behavior === "DROP_CASCADE";
  return named.map((table) => {
    const facts = factsOf(context, table);
    const tables = [table, ...(facts?.partitions ?? []), ...(isCascade ? (facts?.children ?? []) : [])];
    return {
      words: `Empties ${tables.map(shortName).join(", ")}`,
      locks: tables.map((one) => lock(one, "ACCESS EXCLUSIVE", "rewrite")),
      isReversible: context.made.has(table),
    };
  });
}

export function describeVacuum(statement: VacuumStmt): Effect[] {
  const isFull = hasOption(statement.options as Tree[] | undefined, "full");
  const isVacuum = statement.is_vacuumcmd === true;
  const tables = ((statement.rels ?? []) as Tree[]).flatMap(({ VacuumRelation: one }) =>
    one ? nameOf(one.relation) : [],
  );
  const what = isFull
    ? "Writes anew, without its dead rows,"
    : isVacuum
      ? "Vacuums"
      : "Takes a sample for the planner of";
  const canRunInTransaction = !isVacuum;
  if (tables.length === 0) {
    return [
      isVacuum
        ? { ...unknownEffect(`${what} every table`), canRunInTransaction }
        : { words: `${what} every table`, locks: [] },
    ];
  }
  return tables.map((table) => ({
    words: `${what} ${shortName(table)}`,
    locks: [
      isFull
        ? lock(table, "ACCESS EXCLUSIVE", "rewrite")
        : lock(table, "SHARE UPDATE EXCLUSIVE", isVacuum ? "scan" : "brief"),
    ],
    canRunInTransaction,
  }));
}

export function describeCluster(statement: ClusterStmt): Effect[] {
  if (!statement.relation)
    return [{ ...unknownEffect("Writes every clustered table anew"), canRunInTransaction: false }];
  const table = nameOf(statement.relation);
  return [
    {
      words: `Writes ${shortName(table)} anew in the order of an index`,
      locks: [lock(table, "ACCESS EXCLUSIVE", "rewrite")],
    },
  ];
}

/** Reads that would use an index that is rebuilt wait too, though their table is locked for writes only. */
export function describeReindex(statement: ReindexStmt, context: EffectContext): Effect[] {
  const isConcurrent = hasOption(statement.params as Tree[] | undefined, "concurrently");
  const named = statement.relation ? nameOf(statement.relation) : undefined;
  const isIndex = statement.kind === "REINDEX_OBJECT_INDEX";
  const canRunInTransaction = !isConcurrent && (isIndex || statement.kind === "REINDEX_OBJECT_TABLE");
  const table = named && isIndex ? factsOf(context, named)?.tableOfIndex : named;
  if (!named || !table) {
    return [
      {
        ...unknownEffect(`Rebuilds ${named ? `index ${shortName(named)}` : "indexes of many tables"}`),
        isConcurrent,
        canRunInTransaction,
      },
    ];
  }
  const what = isIndex ? `index ${shortName(named)} of ${shortName(table)}` : `the indexes of ${shortName(table)}`;
  return [
    {
      words: `Rebuilds ${what}${isConcurrent ? " while the product goes on" : ", which reads cannot use meanwhile"}`,
      locks: [lock(table, isConcurrent ? "SHARE UPDATE EXCLUSIVE" : "SHARE", "build")],
      isConcurrent,
      canRunInTransaction,
    },
  ];
}

export function describeRefresh(statement: RefreshMatViewStmt): Effect[] {
  const view = nameOf(statement.relation);
  const mode = statement.concurrent ? "EXCLUSIVE" : "ACCESS EXCLUSIVE";
  return [
    {
      words: `Fills materialized view ${shortName(view)} anew`,
      locks: [lock(view, mode, statement.concurrent ? "scan" : "rewrite")],
    },
  ];
}

export function describeLock(statement: LockStmt): Effect[] {
  const mode = lockModes[(statement.mode ?? 8) - 1] ?? "ACCESS EXCLUSIVE";
  return relationsOf(statement.relations as Tree[] | undefined).map((relation) => ({
    words: `Locks ${shortName(nameOf(relation))} in ${mode} mode until the transaction ends`,
    locks: [lock(nameOf(relation), mode)],
  }));
}

import type { PartitionBoundSpec } from "libpg-query";

import type { RelationFacts } from "../catalog-facts";
import { listNodes, shortName } from "../syntax";
import { type Effect, type EffectContext, factsOf, lock } from "./effect";

type Constant = { ival?: { ival?: number }; sval?: { sval?: string }; fval?: { fval?: string } };

/** The rows of the child are read unless one of its valid checks names every value of the bounds. */
export function describeAttach(
  parent: string,
  child: string,
  bound: PartitionBoundSpec | undefined,
  context: EffectContext,
): Effect {
  const spare = factsOf(context, parent)?.defaultPartition;
  return {
    words: `Makes ${shortName(child)} a partition of ${shortName(parent)}`,
    locks: [
      lock(parent, "SHARE UPDATE EXCLUSIVE"),
      lock(child, "ACCESS EXCLUSIVE", isBounded(factsOf(context, child), bound) ? "brief" : "scan"),
      ...(spare ? [lock(spare, "ACCESS EXCLUSIVE", "scan")] : []),
    ],
  };
}

export function describeDetach(parent: string, child: string, isConcurrent: boolean, context: EffectContext): Effect {
  const words = `Lets ${shortName(child)} be a partition of ${shortName(parent)} no more`;
  const spare = factsOf(context, parent)?.defaultPartition;
  if (isConcurrent) {
    return {
      words: `${words}, waiting for every transaction that may read it`,
      locks: [lock(parent, "SHARE UPDATE EXCLUSIVE"), lock(child, "SHARE UPDATE EXCLUSIVE")],
      isConcurrent,
      canRunInTransaction: false,
    };
  }
  const mode = context.facts.serverMajor >= 14 ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE";
  return {
    words,
    locks: [lock(parent, "ACCESS EXCLUSIVE"), lock(child, mode), ...(spare ? [lock(spare, "ACCESS EXCLUSIVE")] : [])],
  };
}

function isBounded(child: RelationFacts | undefined, bound: PartitionBoundSpec | undefined): boolean {
  const values = listNodes<Constant>(bound, "A_Const").map(
    ({ ival, sval, fval }) => sval?.sval ?? fval?.fval ?? String(ival?.ival ?? 0),
  );
  const checks = (child?.constraints ?? []).filter(({ kind, isValid }) => kind === "check" && isValid);
  return values.length > 0 && checks.some(({ definition }) => values.every((value) => definition.includes(value)));
}

import { z } from "zod";

import { defineOperation, OperationRefusal, type Plan, type RunContext } from "../operation";
import { dropLeftovers, findIndex, refusalsOfIndex } from "./find-index";
import { describeBytes, describeOldTransactions, sizeClass } from "./find-table";
import { executeWatched } from "./watch-statement";

export const reindexIndexConcurrently = defineOperation({
  id: "reindex-index-concurrently",
  title: "Rebuild an index",
  purpose: "Builds an index anew beside the old one and swaps them: rid of bloat, or valid again.",
  risk: "medium",
  permission: "database.index",
  changes: "securyflex",
  input: z.object({ index: z.string().trim().min(1).max(130) }),
  fields: [{ name: "index", label: "Index", hint: "As schema.index, for example public.shifts_pkey." }],
  plan: async ({ securyflex }, { index: name }) => {
    const index = await findIndex(securyflex, name);
    const old = await describeOldTransactions(securyflex, 60);
    return {
      target: index.name,
      exclusiveKey: `relation:${index.tableOid}`,
      summary: `Rebuilds ${index.name} of ${index.tableName}: about ${describeBytes(index.sizeBytes)}${index.isValid ? "" : ", invalid now"}.`,
      consequences: [
        "Takes a SHARE UPDATE EXCLUSIVE lock on the table: reads and writes go on; vacuum, other builds and DDL wait.",
        "For a while there are two of it, so that it needs its size on disk once more.",
        "It waits for every transaction that is older than the build; where more than 5 sessions wait for it, it is cancelled.",
        ...old.map((who) => `It will wait for ${who}.`),
      ],
      refusals: refusalsOfIndex(index),
      statements: [`reindex index concurrently ${index.sqlName}`],
      basis: { oid: index.oid, definition: index.definition, sizeClass: sizeClass(index.sizeBytes) },
    };
  },
  settle: async (context, plan) => {
    await clear(context, plan);
    const index = await findIndex(context.securyflex, plan.target);
    return index.oid !== plan.basis.oid && index.isValid ? rebuilt(context, plan, null) : undefined;
  },
  run: async (context, plan) => {
    const before = await findIndex(context.securyflex, plan.target);
    try {
      await executeWatched(context, plan.statements[0] as string);
    } finally {
      await clear(context, plan);
    }
    return rebuilt(context, plan, before.sizeBytes);
  },
  undo: undefined,
  timeoutSeconds: 6 * 3_600,
});

async function clear(context: RunContext, plan: Plan): Promise<void> {
  const index = await findIndex(context.securyflex, plan.target);
  const name = plan.target.slice(plan.target.indexOf(".") + 1);
  await dropLeftovers(
    context,
    index.tableOid,
    (left) => left.startsWith(name) && /^_cc(new|old)\d*$/.test(left.slice(name.length)),
  );
}

async function rebuilt(context: RunContext, plan: Plan, sizeBefore: number | null) {
  const index = await findIndex(context.securyflex, plan.target);
  if (!index.isValid) throw new OperationRefusal(`${plan.target} was not rebuilt: it is invalid.`);
  return {
    summary: `${plan.target} was rebuilt and is valid.`,
    proof: [
      {
        label: "Size",
        before: sizeBefore === null ? "not known, its process died" : describeBytes(sizeBefore),
        after: describeBytes(index.sizeBytes),
      },
    ],
  };
}

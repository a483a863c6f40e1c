import { z } from "zod";

import { defineOperation, OperationRefusal } from "../operation";
import { findIndex, lookForIndex, refusalsOfIndex } from "./find-index";
import { describeBytes, describeOldTransactions, sizeClass } from "./find-table";
import { executeWatched } from "./watch-statement";

export const dropIndexConcurrently = defineOperation({
  id: "drop-index-concurrently",
  title: "Drop an index",
  purpose: "Takes away an index that costs writes and serves no read.",
  risk: "high",
  permission: "database.index",
  changes: "securyflex",
  input: z.object({ index: z.string().trim().min(1).max(130) }),
  fields: [{ name: "index", label: "Index", hint: "As schema.index, for example public.shifts_old_idx." }],
  plan: async ({ securyflex }, { index: name }) => {
    const index = await findIndex(securyflex, name);
    const old = await describeOldTransactions(securyflex, 60);
    const isMissed = index.isValid && (index.scans > 0 || index.isUnique);
    return {
      target: index.name,
      exclusiveKey: `relation:${index.tableOid}`,
      summary: `Drops ${index.name} of ${index.tableName}: about ${describeBytes(index.sizeBytes)}, ${index.scans} scans since the statistics began.`,
      consequences: [
        "Reads and writes go on; it waits for every transaction that uses the table now.",
        index.scans > 0
          ? "Statements read through this index; they will take another way, perhaps a slow one."
          : "No statement has read through it on this server; replicas count for themselves.",
        ...(index.isUnique ? ["It is unique: nothing keeps double values out any more."] : []),
        `To have it back: ${index.definition}.`,
        ...old.map((who) => `It will wait for ${who}.`),
      ],
      refusals: [
        ...refusalsOfIndex(index),
        ...(index.constraintName
          ? [`It carries the constraint ${index.constraintName}, which only a migration may drop.`]
          : []),
        ...(index.isReplicaIdentity ? ["It is the replica identity of its table."] : []),
      ],
      statements: [`drop index concurrently ${index.sqlName}`],
      basis: { oid: index.oid, definition: index.definition, sizeClass: sizeClass(index.sizeBytes), isMissed },
      ...(isMissed ? { risk: "critical" as const } : {}),
    };
  },
  settle: async (context, plan) => {
    const index = await lookForIndex(context.securyflex, plan.target);
    return index ? undefined : dropped(plan.target, String(plan.basis.definition), null);
  },
  run: async (context, plan) => {
    const before = await findIndex(context.securyflex, plan.target);
    await executeWatched(context, plan.statements[0] as string);
    if (await lookForIndex(context.securyflex, plan.target))
      throw new OperationRefusal(`${plan.target} was not dropped: it is still there.`);
    return dropped(plan.target, before.definition, before.sizeBytes);
  },
  undo: "Run the statement that its plan names; it stands in the proof too.",
  timeoutSeconds: 3_600,
});

function dropped(target: string, definition: string, sizeBytes: number | null) {
  return {
    summary: `${target} was dropped.`,
    proof: [
      { label: "Index", before: definition, after: "none" },
      {
        label: "Size",
        before: sizeBytes === null ? "not known, its process died" : describeBytes(sizeBytes),
        after: "0 B",
      },
    ],
  };
}

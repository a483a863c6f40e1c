import { z } from "zod";

import { defineOperation } from "../operation";
import { describeBytes, findTable, refusalsOf, sizeClass } from "./find-table";
import { refuseSkipped } from "./vacuum-table";
import { executeWatched } from "./watch-statement";

export const analyzeTable = defineOperation({
  id: "analyze-table",
  title: "Analyze a table",
  purpose: "Takes the statistics anew by which the planner chooses its plans.",
  risk: "low",
  permission: "database.maintain",
  changes: "securyflex",
  input: z.object({ table: z.string().trim().min(1).max(130) }),
  fields: [{ name: "table", label: "Table", hint: "As schema.table, for example public.shifts." }],
  plan: async ({ securyflex }, { table: name }) => {
    const table = await findTable(securyflex, name);
    return {
      target: table.name,
      exclusiveKey: `relation:${table.oid}`,
      summary: `Analyzes ${table.name}: about ${describeBytes(table.sizeBytes)}, ${table.liveTuples} live rows.`,
      consequences: [
        "Reads a sample of the rows under a SHARE UPDATE EXCLUSIVE lock: reads and writes go on.",
        "Plans of statements over this table may change at once.",
        table.lastAnalyzeAt
          ? `It was analyzed last at ${table.lastAnalyzeAt}.`
          : "It was not analyzed since the statistics began.",
      ],
      refusals: refusalsOf(table),
      statements: [`analyze (skip_locked) ${table.sqlName}`],
      basis: { oid: table.oid, sizeClass: sizeClass(table.sizeBytes) },
    };
  },
  run: async (context, plan, { table: name }) => {
    const before = await findTable(context.securyflex, name);
    refuseSkipped(await executeWatched(context, plan.statements[0] as string));
    const after = await findTable(context.securyflex, name);
    return {
      summary: `${after.name} was analyzed.`,
      proof: [
        { label: "Last analyze", before: before.lastAnalyzeAt ?? "never", after: after.lastAnalyzeAt ?? "never" },
        { label: "Live rows, estimated", before: String(before.liveTuples), after: String(after.liveTuples) },
      ],
    };
  },
  undo: undefined,
  timeoutSeconds: 1_800,
});

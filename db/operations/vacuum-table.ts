import { z } from "zod";

import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import { describeBytes, describeOldTransactions, findTable, refusalsOf, sizeClass } from "./find-table";
import { executeWatched } from "./watch-statement";

const input = z.object({ table: z.string().trim().min(1).max(130) });

export const vacuumTable = defineOperation({
  id: "vacuum-table",
  title: "Vacuum a table",
  purpose: "Frees the room of dead rows for new ones and takes the planner's statistics anew.",
  risk: "medium",
  permission: "database.maintain",
  changes: "securyflex",
  input,
  fields: [{ name: "table", label: "Table", hint: "As schema.table, for example public.gps_checkins." }],
  plan: async ({ securyflex }, { table: name }) => {
    const table = await findTable(securyflex, name);
    const old = await describeOldTransactions(securyflex, 60);
    return {
      target: table.name,
      exclusiveKey: `relation:${table.oid}`,
      summary: `Vacuums and analyzes ${table.name}: about ${describeBytes(table.sizeBytes)}, ${table.deadTuples} dead rows.`,
      consequences: [
        "Takes a SHARE UPDATE EXCLUSIVE lock: reads and writes go on; other vacuums, index builds and DDL of the table wait.",
        "A table that another session holds is left out; nothing queues behind it.",
        table.lastVacuumAt
          ? `It was vacuumed last at ${table.lastVacuumAt}.`
          : "It was not vacuumed since the statistics began.",
        ...old.map((who) => `Rows that died after this transaction began stay: ${who}.`),
      ],
      refusals: refusalsOf(table),
      statements: [`vacuum (analyze, skip_locked) ${table.sqlName}`],
      basis: { oid: table.oid, sizeClass: sizeClass(table.sizeBytes) },
    };
  },
  run: async (context, plan, { table: name }) => {
    const before = await findTable(context.securyflex, name);
    const warnings = await executeWatched(context, plan.statements[0] as string);
    refuseSkipped(warnings);
    return proveVacuum(context, name, before.deadTuples, before.lastVacuumAt);
  },
  undo: undefined,
  timeoutSeconds: 3_600,
});

/** Throws OperationRefusal where the server left the table out. */
export function refuseSkipped(warnings: string[]): void {
  const warning = warnings.find((text) => /^skipping|lock not available|permission denied|only .* can/.test(text));
  if (warning?.includes("lock not available"))
    throw new OperationRefusal(
      "It was not done: another session holds a lock on the table. Try again when it has ended.",
    );
  if (warning) throw new OperationRefusal(`It was not done. The server says: ${warning}.`);
}

async function proveVacuum(context: RunContext, name: string, deadBefore: number, lastBefore: string | null) {
  const after = await findTable(context.securyflex, name);
  return {
    summary: `${after.name} was vacuumed and analyzed.`,
    proof: [
      { label: "Dead rows", before: String(deadBefore), after: String(after.deadTuples) },
      { label: "Last vacuum", before: lastBefore ?? "never", after: after.lastVacuumAt ?? "never" },
    ],
  };
}

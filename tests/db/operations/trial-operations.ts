import { sql } from "drizzle-orm";
import { z } from "zod";

import { defineOperation, type Operation } from "../../../db/operation";
import { rowsAt, trialOnce } from "./trial-rows";

const count = "select count(*)::integer as count from trial_effects";

const readCount = async (securyflex: { execute: (query: ReturnType<typeof sql.raw>) => Promise<unknown> }) => {
  const [row] = (await securyflex.execute(sql.raw(count))) as { count: number }[];
  return row?.count ?? 0;
};

/** Writes one row, which a table with a lock of somebody else makes it wait for. Knows its own trace. */
const writeRow: Operation = defineOperation({
  id: "trial-write",
  title: "Write a row",
  purpose: "Leaves one row.",
  risk: "medium",
  permission: "database.maintain",
  changes: "securyflex",
  input: z.object({ word: z.string(), key: z.string().default("trial") }),
  fields: [{ name: "word", label: "Word", hint: "" }],
  plan: async ({ securyflex }, { word, key }) => {
    const [shape] = await securyflex.execute<{ columns: number }>(
      sql`select count(*)::integer as columns from pg_attribute where attrelid = 'trial_effects'::regclass and attnum > 0`,
    );
    return {
      target: `trial.${word}`,
      exclusiveKey: key,
      summary: `Writes ${word}.`,
      consequences: [],
      refusals: word === "forbidden" ? ["It is forbidden."] : [],
      statements: [`insert into trial_effects (word) values ('${word.replace(/\W/g, "")}')`],
      basis: { columns: shape?.columns ?? 0 },
    };
  },
  settle: async ({ admin }, _, { word }) => {
    const [row] = await admin`select from trial_effects where word = ${word}`;
    return row ? { summary: "It was written before the process died.", proof: [] } : undefined;
  },
  run: async (context, plan) => {
    const before = await readCount(context.securyflex);
    await context.execute(plan.statements[0] as string);
    const after = await readCount(context.securyflex);
    return { summary: "It was written.", proof: [{ label: "Rows", before: `${before}`, after: `${after}` }] };
  },
  undo: undefined,
  timeoutSeconds: 60,
});

const critical: Operation = { ...writeRow, id: "trial-critical", risk: "critical" };

export const trialOperations: readonly Operation[] = [
  writeRow,
  critical,
  trialOnce,
  ...rowsAt.map(({ operation }) => operation),
];
export const [trialWrite, trialCritical] = [writeRow, critical];

import { sql } from "drizzle-orm";
import { z } from "zod";

import { defineOperation, type Operation } from "../../../db/operation";

/** Leaves one row in one transaction, and cannot tell from the table whether it did. */
const writeOnce: Operation = defineOperation({
  id: "trial-once",
  title: "Write a row in one transaction",
  purpose: "Leaves one row.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ word: z.string() }),
  fields: [{ name: "word", label: "Word", hint: "" }],
  plan: async (_, { word }) => ({
    target: `trial.${word}`,
    exclusiveKey: word,
    summary: `Writes ${word}.`,
    consequences: [],
    refusals: [],
    statements: [],
    basis: {},
  }),
  run: (context, _, { word }) =>
    context.transact(async (transaction) => {
      await transaction.execute(sql`insert into trial_effects (word) values (${word})`);
      return { outcome: { summary: `${word} was written.`, proof: [] }, changes: [] };
    }),
  undo: undefined,
  timeoutSeconds: 60,
});

/** The same in three transactions. */
const writeThrice: Operation = {
  ...writeOnce,
  id: "trial-thrice",
  hasParts: true,
  run: async (context, _, input) => {
    const { word } = input as { word: string };
    const told: string[] = [];
    for (const part of [1, 2, 3]) {
      const { summary } = await context.transact(async (transaction) => {
        await transaction.execute(sql`insert into trial_effects (word) values (${`${word}${part}`})`);
        return { outcome: { summary: `${part} by attempt`, proof: [] }, changes: [] };
      }, part);
      told.push(summary);
    }
    return {
      summary: "2 of 3 done.",
      proof: told.map((after) => ({ label: "Part", before: "", after })),
      isPartial: true,
    };
  },
};

const [once, thrice] = [writeOnce, writeThrice];

export { once as trialOnce, thrice as trialThrice };

/** One freezes, one dies between its commit and its outcome, one of several parts with the first of them committed. */
export const rowsAt = [
  { step: "frozen", operation: { ...writeOnce, id: "trial-once-frozen" } },
  { step: "transaction committed", operation: { ...writeOnce, id: "trial-once-committed" } },
  { step: "transaction committed", operation: writeThrice },
];

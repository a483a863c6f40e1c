import { z } from "zod";

import { migrationSteps } from "../migrations/script-run";
import { defineOperation } from "../operation";
import { applyMigrations, findPending, settleApplied } from "./apply-migrations";
import { readMigrationState } from "./migration-state";
import { planMigrations } from "./plan-migrations";

export const migrateNext = defineOperation({
  id: "migrate-next",
  title: "Apply the next migration",
  purpose: "Brings SecuryFlex one migration further.",
  risk: "high",
  permission: "database.migrate",
  changes: "securyflex",
  input: z.object({
    migration: z
      .string()
      .trim()
      .regex(/^\d{4}_[a-z0-9_]{1,100}$/),
  }),
  fields: [{ name: "migration", label: "Migration", hint: "The next one that is pending, as 0079_name." }],
  plan: async ({ securyflex }, { migration: label }) => {
    const state = await readMigrationState(securyflex);
    const chosen = findPending(state, label).slice(0, 1);
    const plan = await planMigrations(securyflex, { state, chosen, side: "up" });
    const isNext = chosen[0]?.label === label;
    return {
      ...plan,
      target: label,
      summary: `Applies ${label}.`,
      refusals: isNext ? plan.refusals : [`${chosen[0]?.label} comes first.`, ...plan.refusals],
    };
  },
  settle: settleApplied,
  run: applyMigrations,
  undo: "Roll the migration back; see the operation of that name.",
  timeoutSeconds: 6 * 3_600,
  failpoints: migrationSteps,
});

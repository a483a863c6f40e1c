import { z } from "zod";

import { migrationSteps } from "../migrations/script-run";
import { defineOperation } from "../operation";
import { applyMigrations, findPending, settleApplied } from "./apply-migrations";
import { readMigrationState } from "./migration-state";
import { planMigrations } from "./plan-migrations";

export const migrateAll = defineOperation({
  id: "migrate-all",
  title: "Apply all migrations",
  purpose: "Brings SecuryFlex to where this console needs it.",
  risk: "high",
  permission: "database.migrate",
  changes: "securyflex",
  input: z.object({
    through: z
      .string()
      .trim()
      .regex(/^\d{4}_[a-z0-9_]{1,100}$/),
  }),
  fields: [{ name: "through", label: "The last of them", hint: "One that is pending, as 0079_name." }],
  plan: async ({ securyflex }, { through: label }) => {
    const state = await readMigrationState(securyflex);
    const chosen = findPending(state, label);
    const plan = await planMigrations(securyflex, { state, chosen, side: "up" });
    const what = chosen.length === 1 ? label : `${chosen.length} migrations, from ${chosen[0]?.label} to ${label}`;
    return {
      ...plan,
      target: label,
      summary: `Applies ${what}, each by itself; one that fails leaves those before it.`,
    };
  },
  settle: settleApplied,
  run: applyMigrations,
  undo: "Roll them back one by one; see the operation of that name.",
  timeoutSeconds: 12 * 3_600,
  failpoints: migrationSteps,
});

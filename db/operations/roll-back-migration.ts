import { z } from "zod";

import { migrateDown } from "../migrations/migrate";
import { readSecuryflexMigrations } from "../migrations/migration-files";
import { migrationSteps } from "../migrations/script-run";
import { defineOperation, OperationRefusal, type Outcome, type Plan, type RunContext } from "../operation";
import { carryMigrations } from "./carry-migrations";
import { readMigrationState } from "./migration-state";
import { areSameFiles, howFar, planMigrations } from "./plan-migrations";

export const rollBackMigration = defineOperation({
  id: "roll-back-migration",
  title: "Roll the last migration back",
  purpose: "Takes back what the newest migration of SecuryFlex made.",
  risk: "critical",
  permission: "database.migrate",
  changes: "securyflex",
  input: z.object({
    migration: z
      .string()
      .trim()
      .regex(/^\d{4}_[a-z0-9_]{1,100}$/),
  }),
  fields: [{ name: "migration", label: "Migration", hint: "The newest one that is applied, as 0078_name." }],
  plan: async ({ securyflex }, { migration: label }) => {
    const state = await readMigrationState(securyflex);
    const { newest, drift } = state;
    if (newest?.label !== label && drift === null)
      throw new OperationRefusal(`${label} is not the newest migration; ${newest?.label ?? "none"} is.`);
    const isAdopted = newest?.origin === "adopted";
    const chosen = newest && !isAdopted ? [newest] : [];
    const plan = await planMigrations(securyflex, { state, chosen, side: "down" });
    return {
      ...plan,
      basis: { ...plan.basis, versions: String(newest?.version), files: plan.basis.files ?? "" },
      target: label,
      summary: isAdopted
        ? `Strikes ${label} from the ledger; what it describes was there before and is left in place.`
        : `Rolls ${label} back.`,
      consequences: [
        ...(isAdopted ? [] : plan.consequences),
        "The console asks for this migration until it is applied again: until then /readyz says what it lacks.",
      ],
    };
  },
  settle: async (context, plan) => {
    const { done, state } = await howFar(context, plan, "down");
    if (done === "nothing") return undefined;
    if (done === "part") return rollBack(context, plan);
    const ledger = `${state.ledger.length} migrations, the newest ${state.newest?.label ?? "none"}`;
    return {
      summary: `${plan.target} was rolled back before its process died.`,
      proof: [{ label: "Ledger", before: "not measured by the process that died", after: ledger }],
    };
  },
  run: rollBack,
  undo: "Apply it again; rows and values that went with it do not come back.",
  timeoutSeconds: 6 * 3_600,
  failpoints: migrationSteps,
});

async function rollBack(context: RunContext, plan: Plan): Promise<Outcome> {
  const migrations = readSecuryflexMigrations();
  if (plan.statements.length > 0 && !areSameFiles(plan, migrations))
    throw new OperationRefusal("It was not done: its file was edited since it was asked for. Ask again.");
  const newest = Number(plan.basis.versions);
  return carryMigrations(context, (options) => migrateDown(context.openSession, migrations, { ...options, newest }));
}

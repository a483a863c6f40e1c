import { migrateUp } from "../migrations/migrate";
import { type Migration, readSecuryflexMigrations } from "../migrations/migration-files";
import { OperationRefusal, type Outcome, type Plan, type RunContext } from "../operation";
import { carryMigrations } from "./carry-migrations";
import type { MigrationState } from "./migration-state";
import { areSameFiles, howFar } from "./plan-migrations";

/** What is pending up to a migration and with it. Throws OperationRefusal where it is not pending. */
export function findPending({ migrations, pending, ledger }: MigrationState, label: string): Migration[] {
  const position = pending.findIndex((migration) => migration.label === label);
  if (position >= 0) return pending.slice(0, position + 1);
  const known = migrations.find((migration) => migration.label === label);
  if (known && known.version <= ledger.length) throw new OperationRefusal(`${label} is applied already.`);
  throw new OperationRefusal(
    pending.length === 0
      ? "No migration is pending."
      : `There is no migration ${label}. Pending are ${pending.map((migration) => migration.label).join(", ")}.`,
  );
}

export async function applyMigrations(context: RunContext, plan: Plan): Promise<Outcome> {
  const migrations = readSecuryflexMigrations();
  if (!areSameFiles(plan, migrations))
    throw new OperationRefusal("It was not done: a file of it was edited since it was asked for. Ask again.");
  const through = Number(String(plan.basis.versions).split(", ").at(-1));
  return carryMigrations(context, (options) => migrateUp(context.openSession, migrations, { ...options, through }));
}

/** After a worker died. Throws OperationRefusal where what is left cannot be gone on with. */
export async function settleApplied(context: RunContext, plan: Plan): Promise<Outcome | undefined> {
  const { done, state } = await howFar(context, plan, "up");
  if (done === "nothing") return undefined;
  if (done === "part") return applyMigrations(context, plan);
  const ledger = `${state.ledger.length} migrations, the newest ${state.newest?.label ?? "none"}`;
  return {
    summary: `${plan.target} was applied before its process died.`,
    proof: [{ label: "Ledger", before: "not measured by the process that died", after: ledger }],
  };
}

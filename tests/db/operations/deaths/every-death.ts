import type { Operation } from "../../../../db/operation";
import { operations } from "../../../../db/operations/index";
import { backupDeaths } from "../../backups/backup-deaths";
import { accountDeaths } from "./account-deaths";
import { databaseDeaths } from "./database-deaths";
import { type DeathCase, stepsOf } from "./death-case";
import { reportDeaths } from "./report-deaths";
import { shiftDeaths } from "./shift-deaths";

const cases: Record<string, DeathCase> = { ...shiftDeaths, ...accountDeaths, ...databaseDeaths, ...reportDeaths };

export type Death = { operation: Operation; step: string; death: DeathCase };

/** Every step of every operation that acts alone; those of backups and migrations die in tests of their own. */
export const everyDeath: readonly Death[] = operations.flatMap((operation) => {
  const death = cases[operation.id];
  return death ? stepsOf(operation, death).map((step) => ({ operation, step, death })) : [];
});

/** Killed at each of their steps in tests/db/operations/migrations.test.ts. */
const migrating = ["migrate-next", "migrate-all", "roll-back-migration"];

/** The operations that die somewhere, at each of their steps. */
export const dyingOperations: readonly string[] = [...Object.keys(cases), ...Object.keys(backupDeaths), ...migrating];

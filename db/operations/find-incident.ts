import { eq } from "drizzle-orm";
import { z } from "zod";

import { OperationRefusal, type Transaction } from "../operation";
import { incidents } from "../schema";

export const incidentInput = z.object({ incident: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
export const incidentFields = [
  { name: "incident", label: "Incident", hint: "Its number, as its shift's page has it." },
];

/** Throws OperationRefusal where there is none. `isLocked` needs console_ops. */
export async function findIncident(db: Pick<Transaction, "select">, incidentId: number, isLocked = false) {
  const query = db.select().from(incidents).where(eq(incidents.id, incidentId));
  const [incident] = isLocked ? await query.for("update") : await query;
  if (!incident) throw new OperationRefusal(`There is no incident ${incidentId}.`);
  return incident;
}

export function ageMinutes(since: Date, asOf: Date): number {
  return Math.max(0, Math.round((asOf.getTime() - since.getTime()) / 60_000));
}

import { eq, sql } from "drizzle-orm";

import { tell } from "../deliveries/tell";
import { defineOperation, OperationRefusal, type Transaction } from "../operation";
import { incidents } from "../schema";
import { ageMinutes, findIncident, incidentFields, incidentInput } from "./find-incident";

export const acknowledgeIncident = defineOperation({
  id: "acknowledge-incident",
  title: "Acknowledge an incident",
  purpose: "Says that somebody has taken notice of an incident and deals with it.",
  risk: "low",
  permission: "live.respond",
  changes: "rows",
  input: incidentInput,
  fields: incidentFields,
  plan: async ({ securyflex }, { incident: id }) => {
    const incident = await findIncident(securyflex, id);
    return {
      target: `incident:${id}`,
      exclusiveKey: `incident:${id}`,
      summary: `Acknowledges incident ${id} of shift ${incident.shiftId}, ${incident.severity}: ${incident.summary}.`,
      consequences: [
        `It was reported ${ageMinutes(incident.reportedAt, new Date())} min ago; the time to respond ends now.`,
      ],
      refusals: refuseAcknowledging(incident),
      statements: [],
      basis: { severity: incident.severity },
    };
  },
  run: (context, _, { incident: id }) =>
    context.transact(async (transaction) => {
      const [refusal] = refuseAcknowledging(await findIncident(transaction, id, true));
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      const [row] = await transaction
        .update(incidents)
        .set({ acknowledgedAt: sql`now()` })
        .where(eq(incidents.id, id))
        .returning();
      await tellAcknowledged(transaction, row, context.runId);
      const minutes = row?.acknowledgedAt ? ageMinutes(row.reportedAt, row.acknowledgedAt) : 0;
      return {
        outcome: {
          summary: `Incident ${id} was acknowledged ${minutes} min after it was reported.`,
          proof: [{ label: "Acknowledged", before: "no", after: row?.acknowledgedAt?.toISOString() ?? "no" }],
        },
        changes: [],
      };
    }),
  undo: undefined,
  timeoutSeconds: 60,
});

function refuseAcknowledging({ acknowledgedAt, closedAt }: typeof incidents.$inferSelect): string[] {
  if (closedAt) return ["It is closed."];
  return acknowledgedAt ? ["It is acknowledged already."] : [];
}

async function tellAcknowledged(
  transaction: Transaction,
  incident: typeof incidents.$inferSelect | undefined,
  runId: string,
): Promise<void> {
  if (!incident) return;
  const { id, shiftId, severity, acknowledgedAt } = incident;
  const data = { incident_id: id, severity, acknowledged_at: acknowledgedAt };
  await tell(transaction, { shiftId, runId, data }, [{ type: "incident_acknowledged" }]);
}

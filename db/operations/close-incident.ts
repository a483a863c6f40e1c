import { eq, sql } from "drizzle-orm";

import { defineOperation, OperationRefusal } from "../operation";
import { incidents } from "../schema";
import { ageMinutes, findIncident, incidentFields, incidentInput } from "./find-incident";

export const closeIncident = defineOperation({
  id: "close-incident",
  title: "Close an incident",
  purpose: "Says that an incident is over. It stays closed: what happens next is an incident of its own.",
  risk: "medium",
  permission: "live.respond",
  changes: "rows",
  input: incidentInput,
  fields: incidentFields,
  plan: async ({ securyflex }, { incident: id }) => {
    const incident = await findIncident(securyflex, id);
    return {
      target: `incident:${id}`,
      exclusiveKey: `incident:${id}`,
      summary: `Closes incident ${id} of shift ${incident.shiftId}, ${incident.severity}: ${incident.summary}.`,
      consequences: [
        `It was reported ${ageMinutes(incident.reportedAt, new Date())} min ago.`,
        incident.onSceneAt ? "Somebody was on scene." : "Nobody is on record as on scene.",
      ],
      refusals: refuseClosing(incident),
      statements: [],
      basis: { severity: incident.severity },
    };
  },
  run: (context, _, { incident: id }) =>
    context.transact(async (transaction) => {
      const [refusal] = refuseClosing(await findIncident(transaction, id, true));
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      const [row] = await transaction
        .update(incidents)
        .set({ closedAt: sql`now()` })
        .where(eq(incidents.id, id))
        .returning();
      return {
        outcome: {
          summary: `Incident ${id} was closed.`,
          proof: [{ label: "Closed", before: "no", after: row?.closedAt?.toISOString() ?? "no" }],
        },
        changes: [],
      };
    }),
  undo: undefined,
  timeoutSeconds: 60,
});

function refuseClosing({ acknowledgedAt, closedAt }: typeof incidents.$inferSelect): string[] {
  if (closedAt) return ["It is closed already."];
  return acknowledgedAt ? [] : ["Nobody has acknowledged it. Acknowledge it first."];
}

import { z } from "zod";

import { evidenceLinks, getEvidenceLink } from "../console/evidence-links";
import { defineOperation } from "../operation";
import { getShift } from "../shifts/get-shift";
import { findShift, nameShift, shiftFields, shiftInputs } from "./find-shift";

const mostDays = 30;

export const shareEvidence = defineOperation({
  id: "share-evidence",
  title: "Share the evidence of a shift",
  purpose: "Makes a link under which somebody without an account may read one shift until a day.",
  risk: "medium",
  permission: "shifts.share",
  changes: "console",
  input: z.object({
    shift: shiftInputs.shift,
    recipient: z.string().trim().min(2).max(120),
    days: z.coerce.number().int().min(1).max(mostDays),
  }),
  fields: [
    shiftFields.shift,
    { name: "recipient", label: "For whom", hint: "A name, 2 to 120 characters. It stands on the page that they see." },
    { name: "days", label: "Days", hint: `After so many days it no longer opens; 1 to ${mostDays}.` },
  ],
  plan: async ({ securyflex }, { shift: shiftId, recipient, days }) => {
    const standing = await findShift(securyflex, shiftId);
    const shift = await getShift(securyflex, shiftId);
    return {
      target: `shift:${standing.id}`,
      exclusiveKey: `evidence:${standing.id}`,
      summary: `Lets ${recipient} read ${nameShift(standing)} for ${days} ${days === 1 ? "day" : "days"}.`,
      consequences: [
        "Whoever has the address reads it, also when it is passed on. Each opening is on record.",
        "They see the plan, who stood there, each check-in with its verdict, and the positions between start and end; nothing outside of it, no rate, no payment, no phone number.",
      ],
      refusals: [
        ...(standing.endAt > new Date() ? ["It has not ended: nobody outside follows a guard while they work."] : []),
        ...(shift?.status === "draft" ? ["It was never published."] : []),
      ],
      statements: [],
      basis: { shiftId: standing.id, recipient, days },
    };
  },
  settle: async ({ console: db, runId }, plan) =>
    (await getEvidenceLink(db, runId)) ? { summary: tellShared(plan.basis), proof: [] } : undefined,
  run: ({ write, runId }, plan, { shift: shiftId, recipient, days }) =>
    write(async (transaction) => {
      const sharedAt = new Date();
      const expiresAt = new Date(sharedAt.getTime() + days * 86_400_000);
      await transaction.insert(evidenceLinks).values({ id: runId, shiftId, recipient, sharedAt, expiresAt });
      return { summary: tellShared(plan.basis), proof: [] };
    }),
  undo: "End the link.",
  timeoutSeconds: 30,
});

function tellShared({ recipient, shiftId }: Record<string, unknown>): string {
  return `The link for ${recipient} stands on the page of the evidence of shift ${shiftId}.`;
}

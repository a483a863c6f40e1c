import { eq } from "drizzle-orm";
import { z } from "zod";

import { evidenceLinks, getEvidenceLink, isOpenLink } from "../console/evidence-links";
import { defineOperation, OperationRefusal } from "../operation";

export const endEvidence = defineOperation({
  id: "end-evidence",
  title: "End a link to evidence",
  purpose: "Closes the page of a shift that was shared, before its day.",
  risk: "low",
  permission: "shifts.share",
  changes: "console",
  input: z.object({ link: z.uuid() }),
  fields: [{ name: "link", label: "Link", hint: "Its id, as the page of the evidence has it." }],
  plan: async ({ console: db }, { link: id }) => {
    const link = await getEvidenceLink(db, id);
    if (!link) throw new OperationRefusal("There is no such link.");
    return {
      target: `shift:${link.shiftId}`,
      exclusiveKey: `evidence:${link.shiftId}`,
      summary: `Ends the link for ${link.recipient} to shift ${link.shiftId}.`,
      consequences: [`It was opened ${link.openedCount} times. From now on its page says that it was ended.`],
      refusals: isOpenLink(link, new Date()) ? [] : ["It no longer opens."],
      statements: [],
      basis: { link: link.id, recipient: link.recipient },
    };
  },
  settle: async ({ console: db }, plan, { link: id }) =>
    (await getEvidenceLink(db, id))?.endedAt ? { summary: tellEnded(plan.basis.recipient), proof: [] } : undefined,
  run: ({ write }, plan, { link: id }) =>
    write(async (transaction) => {
      await transaction.update(evidenceLinks).set({ endedAt: new Date() }).where(eq(evidenceLinks.id, id));
      return {
        summary: tellEnded(plan.basis.recipient),
        proof: [{ label: "Opens", before: "yes", after: "no" }],
      };
    }),
  undo: "Share the evidence again; it gets another address.",
  timeoutSeconds: 30,
});

function tellEnded(recipient: unknown): string {
  return `The link for ${recipient} no longer opens.`;
}

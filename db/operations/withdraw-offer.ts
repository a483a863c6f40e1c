import { z } from "zod";

import { defineOperation, OperationRefusal } from "../operation";
import { holdShifts } from "../shifts/changes/change-shifts";
import { endOffer, lockOffer } from "../shifts/offers/end-offer";
import { findOffer, offerFields, offerInputs, refuseEnded } from "./find-offer";
import { findGuard, findShift, nameShift } from "./find-shift";

export const withdrawOffer = defineOperation({
  id: "withdraw-offer",
  title: "Withdraw an offer",
  purpose: "Takes an offer back that nobody has taken; whoever would be asked next is not.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object(offerInputs),
  fields: offerFields,
  plan: async ({ securyflex }, asked) => {
    const offer = await findOffer(securyflex, asked);
    const standing = await findShift(securyflex, offer.shiftId);
    const guard = await findGuard(securyflex, offer.professionalId);
    return {
      target: `shift:${offer.shiftId}`,
      exclusiveKey: `shift:${offer.shiftId}`,
      summary: `Withdraws the offer of ${nameShift(standing)} to ${guard.fullName}.`,
      consequences: [
        standing.guardName === null ? "Nobody has the shift then." : `${standing.guardName} keeps the shift.`,
        ...(offer.fallbackIds.length > 0 ? ["Nobody is asked next."] : []),
        `Told at once: ${guard.fullName}.`,
      ],
      refusals: refuseEnded(offer, standing.timeZone),
      statements: [],
      basis: { offer: offer.id, state: offer.state },
    };
  },
  run: async (context, plan, asked) => {
    const offerId = Number(plan.basis.offer);
    const { fullName } = await findGuard(
      context.securyflex,
      (await findOffer(context.securyflex, { ...asked, offer: offerId })).professionalId,
    );
    return context.transact(async (transaction) => {
      const held = await holdShifts(context, transaction, [{ shiftId: asked.shift, version: undefined }], []);
      const [refusal] = refuseEnded(await lockOffer(transaction, offerId), held.get(asked.shift)?.timeZone ?? "UTC");
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      await endOffer(transaction, offerId, { state: "withdrawn", note: "Support took it back.", runId: context.runId });
      return {
        outcome: {
          summary: `The offer of shift ${asked.shift} to ${fullName} was withdrawn.`,
          proof: [{ label: "Offer", before: "open", after: "withdrawn" }],
        },
        changes: [],
      };
    });
  },
  undo: "Offer the shift again.",
  timeoutSeconds: 60,
});

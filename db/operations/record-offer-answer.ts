import { z } from "zod";

import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { placeGuard } from "../shifts/changes/place-guard";
import type { StandingGuard, StandingShift } from "../shifts/changes/standing-shift";
import { endOffer, lockOffer, type Offer } from "../shifts/offers/end-offer";
import { offerNext, refuseOffer } from "../shifts/offers/make-offer";
import { findOffer, offerFields, offerInputs, refuseEnded } from "./find-offer";
import { findGuard, findShift, inZone, movedSince, nameShift } from "./find-shift";
import { previewPlacing } from "./preview-placing";

export const recordOfferAnswer = defineOperation({
  id: "record-offer-answer",
  title: "Record the answer to an offer",
  purpose: "Says for a guard whether the offered shift is taken: a yes gives it at once, a no asks the next.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ ...offerInputs, answer: z.enum(["accepted", "declined"]) }),
  fields: [...offerFields, { name: "answer", label: "Answer", hint: "accepted or declined, as the guard said it." }],
  plan: async (context, asked) => {
    const { securyflex } = context;
    const offer = await findOffer(securyflex, asked);
    const standing = await findShift(securyflex, offer.shiftId);
    const guard = await findGuard(securyflex, offer.professionalId);
    const isYes = asked.answer === "accepted";
    const { moved } = isYes ? await movedSince(context, standing, offer.shiftVersion) : {};
    const next = offer.fallbackIds[0] === undefined ? undefined : await findGuard(securyflex, offer.fallbackIds[0]);
    return {
      target: `shift:${offer.shiftId}`,
      exclusiveKey: `shift:${offer.shiftId}`,
      summary: isYes
        ? `${guard.fullName} takes ${nameShift(standing)}.`
        : `${guard.fullName} does not take ${nameShift(standing)}.`,
      consequences: isYes
        ? await previewPlacing(securyflex, standing, guard)
        : [next ? `It is offered to ${next.fullName} next.` : "Nobody is asked next."],
      refusals: [
        ...refuseEnded(offer, standing.timeZone),
        ...(isYes && offer.state === "open" ? await refuseYes(securyflex, standing, guard, offer) : []),
      ],
      statements: [],
      basis: { offer: offer.id, state: offer.state, version: offer.shiftVersion },
      ...(moved && offer.state === "open" ? { moved } : {}),
    };
  },
  run: async (context, plan, asked) => {
    const offer = await findOffer(context.securyflex, { ...asked, offer: Number(plan.basis.offer) });
    const guard = await findGuard(context.securyflex, offer.professionalId);
    const { timeZone } = await findShift(context.securyflex, offer.shiftId);
    const answer = asked.answer === "accepted" ? takeOffer : declineOffer;
    return explainingRefusals(timeZone, () => answer(context, offer, guard));
  },
  undo: "Undo the reassignment, until the guard checks in or the payment is approved.",
  timeoutSeconds: 60,
});

/** What speaks against a yes at this moment; a yes that came in time by the product is in time. */
async function refuseYes(
  db: Parameters<typeof refuseOffer>[0],
  standing: StandingShift,
  guard: StandingGuard,
  { id, answer, expiresAt, rules }: Offer,
): Promise<string[]> {
  const asOf = new Date();
  const isLate = answer === null && expiresAt <= asOf;
  return [
    ...(isLate ? [`Offer ${id} ran out at ${inZone(expiresAt, standing.timeZone).slice(11)}.`] : []),
    ...(await refuseOffer(db, standing, guard, { rules, asOf })),
  ];
}

/** Gives the shift as a reassignment does, and ends the offer, in one transaction. */
async function takeOffer(context: RunContext, { id, shiftId, shiftVersion }: Offer, guard: StandingGuard) {
  return context.transact(async (transaction) => {
    const held = await holdShifts(context, transaction, [{ shiftId, version: shiftVersion }], [guard]);
    const standing = held.get(shiftId) as StandingShift;
    const offer = await lockOffer(transaction, id);
    const [refusal] = [
      ...refuseEnded(offer, standing.timeZone),
      ...(offer ? await refuseYes(transaction, standing, guard, offer) : []),
    ];
    if (refusal || !offer) throw new OperationRefusal(`Nothing was done. ${refusal}`);
    await endOffer(transaction, id, { state: "accepted", runId: context.runId });
    const change = await placeGuard(transaction, standing, guard, { reason: offer.reason, runId: context.runId });
    return {
      outcome: {
        summary: standing.guardName
          ? `${guard.fullName} took shift ${shiftId} in place of ${standing.guardName} (${offer.reason}).`
          : `${guard.fullName} took shift ${shiftId} (${offer.reason}).`,
        proof: [
          { label: "Offer", before: "open", after: "accepted" },
          { label: "Guard", before: standing.guardName ?? "nobody", after: guard.fullName },
          { label: "Version", before: String(standing.version), after: String(change.version) },
          ...(offer.overrideReason
            ? [{ label: "Overridden", before: offer.rules.join(", "), after: offer.overrideReason }]
            : []),
        ],
      },
      changes: [change],
    };
  });
}

/** Ends the offer and asks the next of its list. */
async function declineOffer(context: RunContext, { id, shiftId }: Offer, guard: StandingGuard) {
  return context.transact(async (transaction) => {
    const held = await holdShifts(context, transaction, [{ shiftId, version: undefined }], []);
    const standing = held.get(shiftId) as StandingShift;
    const offer = await lockOffer(transaction, id);
    const [refusal] = refuseEnded(offer, standing.timeZone);
    if (refusal || !offer) throw new OperationRefusal(`Nothing was done. ${refusal}`);
    await endOffer(transaction, id, { state: "declined", runId: context.runId });
    const next = await offerNext(transaction, standing, offer, new Date());
    const then = next
      ? `It is offered to ${next.guard.fullName} until ${inZone(next.offer.expiresAt, standing.timeZone).slice(11)}.`
      : "Nobody is asked next.";
    return {
      outcome: {
        summary: `${guard.fullName} declined shift ${shiftId}. ${then}`,
        proof: [
          { label: "Offer", before: "open", after: "declined" },
          { label: "Asked", before: guard.fullName, after: next?.guard.fullName ?? "nobody" },
        ],
      },
      changes: [],
    };
  });
}

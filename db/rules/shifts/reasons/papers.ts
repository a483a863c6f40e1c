import { judgeCertificate } from "../certificates";
import { isRestricted, refuseColour } from "../pass-demands";
import { tellInstant } from "../tell-times";
import type { Finder, Finding } from "./finding";

export const findVca: Finder = ({ shift, guard }) => missing("VCA certificate", guard.vca, shift);

export const findGuardPass: Finder = ({ shift, guard: { pass } }) =>
  missing("guard pass", { isGiven: pass.colour !== null || pass.validUntil !== null, ...pass }, shift);

export const findPassColour: Finder = ({ shift, guard: { pass } }) => {
  const refusal = pass.colour && refuseColour(pass.colour, shift);
  if (!refusal) return [];
  return [
    {
      sentence: `The ${pass.colour} guard pass ${refusal}; the post is "${shift.post}".`,
      change: "A grey guard pass on record.",
    },
  ];
};

export const findPassRestriction: Finder = ({ shift, guard: { pass } }) => {
  if (!pass.restriction || !isRestricted(pass.restriction, shift)) return [];
  return [
    {
      sentence: `The guard pass is restricted: ${pass.restriction}.`,
      change: "A guard pass without that restriction, or a shift that it allows.",
    },
  ];
};

function missing(
  paper: string,
  { isGiven, validUntil }: { isGiven: boolean; validUntil: Date | null },
  { endAt, timeZone }: { endAt: Date; timeZone: string },
): Finding[] {
  if (judgeCertificate({ isGiven, validUntil, endAt }).isValid) return [];
  const end = tellInstant(endAt, timeZone, { hasYear: true });
  const sentence = !isGiven
    ? `No ${paper} is on record.`
    : !validUntil
      ? `The end of the ${paper} is missing or unreadable.`
      : `The ${paper} ends ${tellInstant(validUntil, timeZone, { hasYear: true })}, before the shift does (${end}).`;
  return [{ sentence, change: `A ${paper} on record that is valid until ${end} or later.` }];
}

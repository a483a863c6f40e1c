import type { Verdict } from "../rules/live/verdict";

export type CheckinVerdict = Verdict;

/** The verdict that a check-in was stored with: null is uncertain, which is neither. */
export function verdictOf(isWithinRadius: boolean | null): CheckinVerdict {
  if (isWithinRadius === null) return "uncertain";
  return isWithinRadius ? "inside" : "outside";
}

/** The live states of a shift, worst first. Upcoming and completed share the last place. */
export const shiftStates = [
  "incident",
  "no-show",
  "unfilled",
  "outside",
  "late",
  "stale",
  "unobserved",
  "uncertain",
  "at-risk",
  "on-post",
  "upcoming",
  "completed",
] as const;

export type ShiftState = (typeof shiftStates)[number];

const ranks = new Map(shiftStates.map((state, index) => [state, index]));

/** 0 for the worst state. */
export function rankOf(state: ShiftState): number {
  return ranks.get(state) as number;
}

/** Why a guard loses or gets a shift, as assignments keep it. */
export const reasonCodes = [
  "sick",
  "no-show",
  "late cancellation",
  "client request",
  "certificate problem",
  "pass missing",
  "double booking",
  "working time",
  "travel",
  "incident",
  "planning error",
  "system test",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

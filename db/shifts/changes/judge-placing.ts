import type { Reader } from "../candidates/candidate";
import { judgeGuardForShift } from "../candidates/judge-guard-for-shift";
import type { StandingGuard, StandingShift } from "./standing-shift";

export type PlacingJudgement = {
  /** Why nobody may do it. */
  refusals: string[];
  /** What speaks against it and may be overridden, as sentences. */
  warnings: string[];
  /** To know. */
  remarks: string[];
  /** The rules that must be overridden, sorted. */
  rules: string[];
  /** Who may override all of them; undefined where nothing must be. */
  mayConfirm?: string[];
};

const changeable = new Set(["published", "assigned", "active"]);

/** What speaks against giving a shift to a guard. `without`: shifts that the guard gives up in the same transaction. */
export async function judgePlacing(
  db: Reader,
  shift: StandingShift,
  guard: StandingGuard,
  { without = [], asOf }: { without?: readonly number[]; asOf: Date },
): Promise<PlacingJudgement> {
  const reasons = (await judgeGuardForShift(db, { shiftId: shift.id, guardId: guard.id, asOf, without })) ?? [];
  const isFinal = ({ severity, mayOverride }: (typeof reasons)[number]) =>
    severity === "block" && mayOverride.length === 0;
  const overridden = reasons.filter((reason) => reason.severity !== "info" && !isFinal(reason));
  const roles = overridden
    .map(({ mayOverride }) => mayOverride as string[])
    .filter((named) => named.length > 0)
    .reduce<string[] | undefined>((both, named) => both?.filter((role) => named.includes(role)) ?? named, undefined);
  return {
    refusals: [
      ...refusePlacing(shift, guard),
      ...reasons.filter(isFinal).map(({ sentence, change }) => `${sentence} ${change}`),
    ],
    warnings: overridden.map(({ sentence, change }) => `${sentence} ${change}`),
    remarks: reasons.filter(({ severity }) => severity === "info").map(({ sentence }) => sentence),
    rules: overridden.map(({ rule }) => rule).sort(),
    ...(roles ? { mayConfirm: roles } : {}),
  };
}

function refusePlacing(shift: StandingShift, guard: StandingGuard): string[] {
  return [
    ...refuseChange(shift),
    ...(shift.guardId === guard.id ? [`${guard.fullName} has shift ${shift.id} already.`] : []),
  ];
}

/** Why the guard of a shift may not change at all, whoever it is. */
export function refuseChange(shift: StandingShift): string[] {
  const isPaid = shift.payment === "approved" || shift.payment === "paid";
  return [
    ...(changeable.has(shift.status) ? [] : [`Shift ${shift.id} is ${shift.status}; its guard does not change.`]),
    ...(isPaid ? [`The payment of ${shift.guardName} for shift ${shift.id} is ${shift.payment} at Finqle.`] : []),
  ];
}

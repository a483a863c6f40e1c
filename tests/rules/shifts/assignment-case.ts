import type { CallOff, GuardFacts, OtherShift, ShiftFacts } from "../../../db/rules/shifts/assignment-facts";
import {
  type AssignmentRule,
  assignmentRules,
  employments,
  limitUnits,
  overrideRoles,
  type Reason,
  type RuleInForce,
  unyieldingRules,
} from "../../../db/rules/shifts/assignment-rules";
import { type Judgement, openJudgement } from "../../../db/rules/shifts/judge-assignment";
import { localInstant } from "../../../db/rules/shifts/start-of-day";

/** "2026-03-28 20:00" as clocks in Amsterdam show it, the first of two. */
export function local(time: string): Date {
  return localInstant(time.replace(" ", "T"), "Europe/Amsterdam") as Date;
}

const limits: Partial<Record<AssignmentRule, number>> = {
  rest: 11,
  "shift-length": 12,
  week: 60,
  unavailable: 24,
  travel: 0,
  rate: 0,
};

/** As the migration has them. */
export const defaults: RuleInForce[] = assignmentRules.flatMap((rule) =>
  employments.map((employment) => {
    const isUnyielding = unyieldingRules.includes(rule);
    const isHard = employment === "employee" && ["rest", "shift-length", "week"].includes(rule);
    return {
      rule,
      employment,
      severity: isUnyielding || isHard ? ("block" as const) : ("warn" as const),
      limit: rule in limitUnits ? (limits[rule] ?? 0) : null,
      overrideRoles: isUnyielding ? [] : isHard ? (["manager", "admin"] as const) : overrideRoles,
    };
  }),
);

export const dam = { longitude: 4.8926, latitude: 52.3731 };
/** About 4.6 km from the Dam. */
export const zuidas = { longitude: 4.8727, latitude: 52.3389 };
/** About 57 km from the Dam. */
export const rotterdam = { longitude: 4.4792, latitude: 51.9228 };

/** A Tuesday in November, 14:00 to 22:00 on the Dam. */
export const shift: ShiftFacts = {
  id: 1,
  companyId: 1,
  startAt: local("2026-11-24 14:00"),
  endAt: local("2026-11-24 22:00"),
  timeZone: "Europe/Amsterdam",
  post: "Object security",
  hourlyRate: 30,
  point: dam,
};

export function planned(from: string, until: string, changes: Partial<ShiftFacts> = {}): ShiftFacts {
  return { ...shift, startAt: local(from), endAt: local(until), ...changes };
}

/** Nothing speaks against this guard. */
export const guard: GuardFacts = {
  employment: "zzp",
  employer: { id: 1, name: "Vesting Beveiliging" },
  hourlyRate: 28,
  vca: { isGiven: true, validUntil: local("2027-06-01 00:00") },
  pass: { colour: "grey", validUntil: local("2027-06-01 00:00"), restriction: null },
  travelSeconds: 1200,
  others: [],
  callOffs: [],
};

export function other(from: string, until: string, changes: Partial<OtherShift> = {}): OtherShift {
  return {
    shiftId: 7,
    startAt: local(from),
    endAt: local(until),
    isCompleted: false,
    place: "Zuidas",
    point: zuidas,
    ...changes,
  };
}

export function gaveBack(from: string, until: string, changes: Partial<CallOff> = {}): CallOff {
  return {
    shiftId: 8,
    startAt: local(from),
    endAt: local(until),
    reason: "sick",
    place: "Zuidas",
    ...changes,
  };
}

/** Two days before the shift, unless said. */
export function judge(
  changes: Partial<GuardFacts>,
  {
    of = shift,
    rules = defaults,
    asOf = new Date(+of.startAt - 2 * 86_400_000),
  }: { of?: ShiftFacts; rules?: RuleInForce[]; asOf?: Date } = {},
): Judgement {
  return openJudgement(of, { rules, asOf })({ ...guard, ...changes });
}

export function rulesAgainst(reasons: readonly Reason[]): AssignmentRule[] {
  return reasons.map(({ rule }) => rule);
}

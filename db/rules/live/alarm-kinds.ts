import type { ShiftState } from "./shift-states";

/** What the clock raises, worst first. An outage stands for many shifts; each other kind is the state of one. */
export const alarmKinds = ["outage", "incident", "no-show", "unfilled", "outside", "late", "stale", "at-risk"] as const;

export type AlarmKind = (typeof alarmKinds)[number];

/** What an episode is about while it gets worse: who is late and then does not come is one absence. */
export const alarmCauses = ["outage", "incident", "absence", "vacancy", "departure", "silence"] as const;

export type AlarmCause = (typeof alarmCauses)[number];

export type AlarmSeverity = "warning" | "critical";

const facts: Record<AlarmKind, { cause: AlarmCause; severity: AlarmSeverity }> = {
  outage: { cause: "outage", severity: "critical" },
  incident: { cause: "incident", severity: "critical" },
  "no-show": { cause: "absence", severity: "critical" },
  unfilled: { cause: "vacancy", severity: "critical" },
  outside: { cause: "departure", severity: "warning" },
  late: { cause: "absence", severity: "warning" },
  stale: { cause: "silence", severity: "warning" },
  "at-risk": { cause: "vacancy", severity: "warning" },
};

const ranks = new Map(alarmKinds.map((kind, index) => [kind, index]));

/** 0 for the worst kind. */
export function rankOfKind(kind: AlarmKind): number {
  return ranks.get(kind) as number;
}

export function causeOf(kind: AlarmKind): AlarmCause {
  return facts[kind].cause;
}

export function severityOf(kind: AlarmKind): AlarmSeverity {
  return facts[kind].severity;
}

/** Uncertain, on post, upcoming and completed are no alarms. */
export function isAlarm(state: ShiftState): state is Exclude<AlarmKind, "outage"> & ShiftState {
  return state in facts;
}

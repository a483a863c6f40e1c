import { formatAge, formatCount } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { AlarmKind } from "../../../db/rules/live/alarm-kinds";
import type { AlarmEnding } from "../../../db/rules/live/alarms";
import type { Alarm } from "./alarm-feed";

export const alarmNames: Record<AlarmKind, string> = {
  outage: "Outage",
  incident: "Incident",
  "no-show": "No-show",
  unfilled: "Unfilled",
  outside: "Outside",
  late: "Late",
  stale: "Stale",
  "at-risk": "At risk",
};

const secondsBetween = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / 1000);

/** "Late 12 min": the kind and how long the whole trouble lasts, or lasted. */
export function labelAlarm({ kind, beganAt, endedAt }: Alarm, now: Date): string {
  return `${alarmNames[kind]} ${formatAge(secondsBetween(beganAt, endedAt ?? now))}`;
}

/** One sentence: what happened. */
export function describeAlarm(alarm: Alarm): string {
  const { kind, shiftStartAt, affectedCount, hasSignedOff, summary, beganAt } = alarm;
  const guard = alarm.guardName ?? "Nobody";
  const at = (instant: Date | null) => (instant ? formatAt(instant, alarm) : "an unknown time");
  switch (kind) {
    case "outage":
      return `Many guards fell silent within two minutes. Alarms held back: ${formatCount(affectedCount)}; those shifts are unobserved.`;
    case "incident":
      return `${summary ?? "An incident"}: nobody has acknowledged it.`;
    case "no-show":
      return `${guard} was due at ${at(shiftStartAt)} and has not checked in.`;
    case "unfilled":
      return `The shift began at ${at(shiftStartAt)} and nobody is assigned.`;
    case "outside":
      return hasSignedOff ? `${guard} signed off long before the end.` : `${guard} left the post at ${at(beganAt)}.`;
    case "late":
      return `${guard} was due at ${at(shiftStartAt)} and has not checked in yet.`;
    case "stale":
      return `${guard} has been silent for too long; the position is unknown.`;
    case "at-risk":
      return `The shift begins at ${at(shiftStartAt)} and nobody is assigned.`;
  }
}

const recoveries: Record<AlarmKind, string> = {
  outage: "The guards were heard again.",
  incident: "The incident was acknowledged or closed.",
  "no-show": "The guard came.",
  unfilled: "A guard was assigned.",
  outside: "The guard came back.",
  late: "The guard came.",
  stale: "The guard was heard again.",
  "at-risk": "A guard was assigned.",
};

const endings: Record<Exclude<AlarmEnding, "recovered">, string> = {
  over: "The shift ended.",
  reassigned: "Another guard took over.",
  outage: "It became part of an outage.",
  unwatched: "The shift left the board.",
};

/** One sentence: why it ended. Null while it lasts. */
export function describeEnding({ kind, ending }: Alarm): string | null {
  if (ending === null) return null;
  return ending === "recovered" ? recoveries[kind] : endings[ending];
}

/** "since 14:05 CET", "14:05–14:12 CET": from when to when, in the location's zone. */
export function describeSpan(alarm: Alarm): string {
  const { beganAt, endedAt } = alarm;
  return endedAt ? `${formatAt(beganAt, alarm)} to ${formatAt(endedAt, alarm)}` : `since ${formatAt(beganAt, alarm)}`;
}

/** Who has seen it and who has it: "Anna de Wit has it", "seen by you". Null where nobody. */
export function describeAnswer({ owner, acknowledgedBy }: Alarm, youId: string): string | null {
  if (owner) return owner.id === youId ? "yours" : `${owner.fullName} has it`;
  if (acknowledgedBy)
    return acknowledgedBy.id === youId ? "acknowledged by you" : `acknowledged by ${acknowledgedBy.fullName}`;
  return null;
}

function formatAt(instant: Date, { timeZone }: Alarm): string {
  return formatInstant(instant, { style: "minute", ...(timeZone && { zone: timeZone }) });
}

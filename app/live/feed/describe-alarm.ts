import { formatAge, formatCount } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { AlarmKind } from "../../../db/rules/live/alarm-kinds";
import type { AlarmEnding } from "../../../db/rules/live/alarms";
import { defaultThresholds, staleAfterSeconds } from "../../../db/rules/live/live-state";
import { outageRule } from "../../../db/rules/live/outage";
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

/** "Late 12 min": the kind and how long it holds; of one that ended how long the whole trouble lasted. */
export function labelAlarm({ kind, beganAt, escalatedAt, endedAt }: Alarm, now: Date): string {
  const seconds = endedAt ? secondsBetween(beganAt, endedAt) : secondsBetween(escalatedAt ?? beganAt, now);
  return `${alarmNames[kind]} ${formatAge(seconds)}`;
}

/** One or two sentences: what happened to the one whom the row names. */
export function describeAlarm(alarm: Alarm): string {
  const { kind, shiftStartAt, affectedCount, hasSignedOff, summary, beganAt } = alarm;
  const at = (instant: Date | null) => (instant ? formatAt(instant, alarm) : "an unknown time");
  switch (kind) {
    case "outage":
      return `${outageWords} Shifts unobserved, their alarms held back: ${formatCount(affectedCount)}.`;
    case "incident":
      return `${summary ?? "No words were given"}. Open, and not acknowledged in SecuryFlex.`;
    case "no-show":
      return `Was due at ${at(shiftStartAt)}, did not come.`;
    case "unfilled":
      return `The shift began at ${at(shiftStartAt)}.`;
    case "outside":
      return hasSignedOff ? "Signed off long before the end." : `Left the post at ${at(beganAt)}.`;
    case "late":
      return `Was due at ${at(shiftStartAt)}, has not checked in.`;
    case "stale":
      return `Last heard at ${at(new Date(+beganAt - staleMs))}.`;
    case "at-risk":
      return `The shift begins at ${at(shiftStartAt)}.`;
  }
}

/** One sentence: what makes a silence an outage. */
export const outageWords = `Of the guards under watch ${outageRule.share * 100} % or more, at least ${outageRule.fewestGuards}, fell silent within ${formatAge(outageRule.windowSeconds)} of one another.`;

const staleMs = staleAfterSeconds(defaultThresholds.cadenceSeconds) * 1000;

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

/** What a kind was before it got worse. */
const milder: Partial<Record<AlarmKind, AlarmKind>> = { "no-show": "late", unfilled: "at-risk" };

/** "since 14:30 CET, late since 14:05 CET", "14:05 CET to 14:12 CET": in the location's zone. */
export function describeSpan(alarm: Alarm): string {
  const { kind, beganAt, escalatedAt, endedAt } = alarm;
  if (endedAt) return `${formatAt(beganAt, alarm)} to ${formatAt(endedAt, alarm)}`;
  const before = milder[kind];
  if (!escalatedAt || !before) return `since ${formatAt(beganAt, alarm)}`;
  return `since ${formatAt(escalatedAt, alarm)}, ${alarmNames[before].toLowerCase()} since ${formatAt(beganAt, alarm)}`;
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

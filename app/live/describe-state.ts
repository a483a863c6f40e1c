import { formatAge, formatDistance } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { shiftStateNames } from "~/ui/state-marks";
import { defaultThresholds, staleAfterSeconds } from "../../db/rules/live/live-state";
import { leavingRadiusMeters, type Sighting } from "../../db/rules/live/presence";
import type { JudgedShift } from "./board";

const secondsBetween = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / 1000);

/** "Late 12 min", "Starts in 40 min": the state and how long it has lasted, or what is next. */
export function labelState({ shift, state, sinceAt }: JudgedShift, asOf: Date): string {
  const name = shiftStateNames[state];
  if (state === "on-post" || state === "completed") return name;
  if (state === "at-risk") return `${name}, starts in ${formatAge(secondsBetween(asOf, shift.startAt))}`;
  if (state === "upcoming") {
    return asOf < shift.startAt ? `Starts in ${formatAge(secondsBetween(asOf, shift.startAt))}` : "Due now";
  }
  return sinceAt ? `${name} ${formatAge(secondsBetween(sinceAt, asOf))}` : name;
}

/** One sentence: why the shift is in its state. */
export function explainState({ shift, state, sinceAt }: JudgedShift, asOf: Date): string {
  const { guardName, location, presence } = shift;
  const at = (instant: Date | null) =>
    instant ? formatInstant(instant, { zone: location.timeZone, style: "minute" }) : "an unknown time";
  const guard = guardName ?? "Nobody";
  switch (state) {
    case "incident":
      return `${shift.incident ?? "An incident"}: reported at ${at(shift.openIncidentAt)}, and nobody has acknowledged it.`;
    case "no-show":
      return `${guard} was due at ${at(shift.startAt)} and has not checked in.`;
    case "unfilled":
      return `The shift began at ${at(shift.startAt)} and nobody is assigned.`;
    case "outside":
      return presence.last?.kind === "out"
        ? `${guard} signed off at ${at(sinceAt)}, before the end at ${at(shift.endAt)}.`
        : `${guard} left the post at ${at(sinceAt)}: several positions in a row lie more than ${formatDistance(leavingRadiusMeters(location.radiusMeters))} from its centre.`;
    case "late":
      return `${guard} was due at ${at(shift.startAt)} and has not checked in yet.`;
    case "stale":
      return `${guard} has been silent since ${at(presence.last?.at ?? shift.arrivedAt)}. A phone reports every ${formatAge(defaultThresholds.cadenceSeconds)}; after ${formatAge(staleAfterSeconds(defaultThresholds.cadenceSeconds))} its position is unknown.`;
    case "unobserved":
      return `Many guards fell silent together, so this is taken for trouble of the platform: since ${at(sinceAt)} nobody can tell what happens here. Its own alarms are held back.`;
    case "uncertain":
      return presence.last
        ? `${guard} may be on post: ${explainVerdict(presence.last, location.radiusMeters)}`
        : `${guard} arrived, and no position is known since.`;
    case "at-risk":
      return shift.noReturnAt && shift.noReturnAt <= asOf
        ? `The shift begins at ${at(shift.startAt)}, nobody is assigned, and since ${at(shift.noReturnAt)} nobody could get there in time.`
        : `The shift begins at ${at(shift.startAt)} and nobody is assigned.${shift.noReturnAt ? ` The best candidate must leave by ${at(shift.noReturnAt)}.` : ""}`;
    case "on-post":
      return `${guard} arrived at ${at(shift.arrivedAt)} and the last position lies inside the fence.`;
    case "upcoming":
      return asOf < shift.startAt
        ? `${guardName ? `${guard} is due` : "The shift begins"} at ${at(shift.startAt)}.`
        : `${guard} is due now.`;
    case "completed":
      return `The shift ended at ${at(shift.endAt)}.`;
  }
}

/** One sentence: what a position proves about the fence. */
export function explainVerdict(
  { verdict, distanceMeters, accuracyMeters }: Pick<Sighting, "verdict" | "distanceMeters" | "accuracyMeters">,
  radiusMeters: number,
): string {
  const where = `${formatDistance(distanceMeters)} from the centre`;
  if (accuracyMeters === null) return `${where}, but the phone gave no accuracy, so nothing is proven.`;
  const reach = `${where} ± ${formatDistance(accuracyMeters)}`;
  if (verdict === "inside") return `${reach} is within the fence of ${formatDistance(radiusMeters)}.`;
  if (verdict === "outside") return `${reach} is outside the fence of ${formatDistance(radiusMeters)}.`;
  return `${reach} reaches over the fence of ${formatDistance(radiusMeters)}.`;
}

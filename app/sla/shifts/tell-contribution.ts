import { formatCount, formatSeconds } from "~/ui/format";
import type { CaseKind } from "../../../db/rules/sla/counts";
import type { MetricId } from "../../../db/rules/sla/definitions";
import type { SlaShift } from "../../../db/sla/list-sla-shifts";

const durations: Record<CaseKind, keyof SlaShift & `${string}Seconds`> = {
  fill: "fillSeconds",
  late: "lateSeconds",
  acknowledge: "acknowledgeSeconds",
  "on-scene": "onSceneSeconds",
  refill: "refillSeconds",
  arrive: "arriveSeconds",
};

/** What a shift brought into a number, for example "0 of 1 on time, late 12 min". */
export function tellContribution(metric: MetricId, shift: SlaShift): string {
  switch (metric) {
    case "fill-rate":
      return `${shift.filledSlots} of ${shift.headcount} filled`;
    case "on-time":
      return tell([
        `${shift.onTime + shift.onTimeUncertain} of ${shift.due} on time`,
        shift.onTimeUncertain > 0 && `${shift.onTimeUncertain} of them uncertain`,
        ...shift.lateSeconds.filter((one) => one !== 0).map(tellLate),
      ]);
    case "no-show":
      return tell([
        `${shift.noShow} of ${shift.due} never came in time`,
        shift.noShowUncertain > 0 && `${shift.noShowUncertain} more uncertain`,
      ]);
    case "in-geofence":
      return tell([
        `${formatCount(shift.inside)} inside`,
        `${formatCount(shift.outside)} outside`,
        shift.uncertain > 0 && `${formatCount(shift.uncertain)} uncertain`,
      ]);
    case "coverage":
      return tellCoverage(shift);
    case "cancelled":
      return tellCancelled(shift);
    default:
      return tell(((shift[durations[metric]] ?? []) as (number | null)[]).map((one) => tellCase(one))) || "no case";
  }
}

function tellCoverage({ plannedSeconds, confirmedSeconds, assumedSeconds, unobservedSeconds }: SlaShift): string {
  const absentSeconds = plannedSeconds - confirmedSeconds - assumedSeconds - unobservedSeconds;
  const part = (seconds: number, words: string) => seconds > 0 && `${formatSeconds(seconds)} ${words}`;
  return tell([
    `${formatSeconds(confirmedSeconds)} of ${formatSeconds(plannedSeconds)} confirmed`,
    part(assumedSeconds, "assumed"),
    part(unobservedSeconds, "unobserved"),
    part(absentSeconds, "absent"),
  ]);
}

function tellCancelled({ cancelledBy, noticeSeconds }: SlaShift): string {
  if (cancelledBy === null || noticeSeconds === null) return "not cancelled";
  const when = noticeSeconds < 0 ? `${formatSeconds(-noticeSeconds)} after` : `${formatSeconds(noticeSeconds)} before`;
  return `${cancelledBy === "unknown" ? "by nobody knows whom" : `by the ${cancelledBy}`}, ${when} the start`;
}

const tellCase = (seconds: number | null) => (seconds === null ? "never" : formatSeconds(seconds));
const tellLate = (seconds: number | null) => (seconds === null ? "never came" : `late ${formatSeconds(seconds)}`);
const tell = (parts: (string | false)[]) => parts.filter(Boolean).join(", ");

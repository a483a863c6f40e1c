import { isoInZone } from "~/ui/csv-text";
import type { SlaShift } from "../../../db/sla/list-sla-shifts";

type Cell = string | number;

const at = (seconds: number, zone: string) => isoInZone(new Date(seconds * 1000), zone);
/** Each case apart; what never came to it is "never". */
const cases = (seconds: SlaShift["fillSeconds"]) => seconds.map((one) => one ?? "never").join(" ");

/** What a file says of each shift, in the order of its columns. Durations are in seconds. */
export const shiftColumns: readonly { header: string; cell: (shift: SlaShift) => Cell }[] = [
  { header: "Shift", cell: ({ shiftId }) => shiftId },
  {
    header: "Facts",
    cell: ({ isLive, correctionReason }) => (isLive ? "live" : correctionReason ? "corrected" : "frozen"),
  },
  { header: "Told at", cell: ({ frozenAt, timeZone }) => at(frozenAt, timeZone) },
  { header: "Definition", cell: ({ definition }) => definition },
  { header: "Reason of the correction", cell: ({ correctionReason }) => correctionReason ?? "" },
  { header: "Local date", cell: ({ localDate }) => localDate },
  { header: "Time zone", cell: ({ timeZone }) => timeZone },
  { header: "Start", cell: ({ startAt, timeZone }) => at(startAt, timeZone) },
  { header: "End", cell: ({ endAt, timeZone }) => at(endAt, timeZone) },
  { header: "Company", cell: ({ companyName }) => companyName },
  { header: "Client", cell: ({ clientName }) => clientName },
  { header: "Location", cell: ({ locationName }) => locationName },
  { header: "Region", cell: ({ region }) => region ?? "unknown" },
  { header: "Status", cell: ({ status }) => status },
  { header: "Left out because", cell: ({ leftOut }) => leftOut ?? "" },
  { header: "Slots", cell: ({ headcount }) => headcount },
  { header: "Filled slots", cell: ({ filledSlots }) => filledSlots },
  { header: "Assignments due", cell: ({ due }) => due },
  { header: "On time", cell: ({ onTime }) => onTime },
  { header: "On time uncertain", cell: ({ onTimeUncertain }) => onTimeUncertain },
  { header: "No-show", cell: ({ noShow }) => noShow },
  { header: "No-show uncertain", cell: ({ noShowUncertain }) => noShowUncertain },
  { header: "Check-ins inside", cell: ({ inside }) => inside },
  { header: "Check-ins outside", cell: ({ outside }) => outside },
  { header: "Check-ins uncertain", cell: ({ uncertain }) => uncertain },
  { header: "Planned (s)", cell: ({ plannedSeconds }) => plannedSeconds },
  { header: "Confirmed (s)", cell: ({ confirmedSeconds }) => confirmedSeconds },
  { header: "Assumed (s)", cell: ({ assumedSeconds }) => assumedSeconds },
  { header: "Unobserved (s)", cell: ({ unobservedSeconds }) => unobservedSeconds },
  { header: "Cancelled by", cell: ({ cancelledBy }) => cancelledBy ?? "" },
  { header: "Notice (s)", cell: ({ noticeSeconds }) => noticeSeconds ?? "" },
  { header: "Time to fill (s)", cell: ({ fillSeconds }) => cases(fillSeconds) },
  { header: "Late (s)", cell: ({ lateSeconds }) => cases(lateSeconds) },
  { header: "Incident acknowledged (s)", cell: ({ acknowledgeSeconds }) => cases(acknowledgeSeconds) },
  { header: "On scene (s)", cell: ({ onSceneSeconds }) => cases(onSceneSeconds) },
  { header: "Refilled (s)", cell: ({ refillSeconds }) => cases(refillSeconds) },
  { header: "Replacement arrived (s)", cell: ({ arriveSeconds }) => cases(arriveSeconds) },
];

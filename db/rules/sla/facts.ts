/** Raised when a number would come out differently for the same history. */
export const slaDefinition = 1;

/** Why a shift is not in the counted set; null where it is. An unobserved one still counts for coverage. */
export type LeftOut = "draft" | "unpublished" | "withdrawn" | "unobserved";
export type CancelledBy = "client" | "guard" | "platform" | "unknown";
/** `not due` also while it is too early to tell. */
export type Arrival = "not due" | "on time" | "late" | "no-show";

/** What one shift contributes to the metrics. Instants are epoch seconds, spans are pairs of them, half open. */
export type ShiftFacts = {
  leftOut: LeftOut | null;
  /** First acceptance; null where nobody ever accepted. */
  acceptedAt: number | null;
  /** From the publication to it, null where it never came; empty where either instant is not on record. */
  fillSeconds: (number | null)[];
  /** Slots with an accepted assignment at the start. */
  filledSlots: number;
  cancelledAt: number | null;
  cancelledBy: CancelledBy | null;
  /** From the cancellation to the start; negative after the start. */
  noticeSeconds: number | null;
  /** Assignments whose guard was to be there at the start. */
  due: number;
  /** On time with an `in` that was inside, and those whose only `in` in time was uncertain. */
  onTime: number;
  onTimeUncertain: number;
  /** Without any valid `in` by 30 minutes after the start, and those whose only one by then was uncertain. */
  noShow: number;
  noShowUncertain: number;
  /** Of all due; null where no valid `in` ever came. */
  lateSeconds: (number | null)[];
  /** Verdicts of the check-ins during the shift. */
  inside: number;
  outside: number;
  uncertain: number;
  /** Slots × the shift's span, of a running shift until now; the rest of it is absence. */
  plannedSeconds: number;
  confirmedSeconds: number;
  assumedSeconds: number;
  unobservedSeconds: number;
  /** From the report of each incident; null where it did not come to it. */
  acknowledgeSeconds: (number | null)[];
  onSceneSeconds: (number | null)[];
  /** From each need of another guard to the acceptance, and to the valid `in`, of the next; null where never. */
  refillSeconds: (number | null)[];
  arriveSeconds: (number | null)[];
  assignments: AssignmentFacts[];
};

export type Span = readonly [from: number, until: number];

export type AssignmentFacts = {
  guardId: number;
  beganAt: number | null;
  endedAt: number | null;
  endedReason: string | null;
  isDue: boolean;
  firstInAt: number | null;
  lateSeconds: number | null;
  arrival: Arrival;
  /** By what was inside alone; differs where an uncertain `in` decided. */
  provenArrival: Arrival;
  inside: number;
  outside: number;
  uncertain: number;
  confirmed: Span[];
  assumed: Span[];
};

import { cancelledBy } from "./cancelled-by";
import { coverSlots } from "./cover-slots";
import type { Arrival, AssignmentFacts, LeftOut, ShiftFacts } from "./facts";
import { inOrder, type PackedCheckin } from "./packed-checkin";
import type { ShiftHistory } from "./shift-history";
import { type SlaRule, slaRule } from "./sla-rule";
import { countVerdicts, stoodAt, tellAssignment } from "./tell-assignment";
import { tellNeeds } from "./tell-needs";

/** What a shift contributes to every metric, from its history as it was at `asOf`, in epoch seconds. */
export function tellShiftFacts(
  shift: ShiftHistory,
  { asOf, rule = slaRule }: { asOf: number; rule?: SlaRule },
): ShiftFacts {
  const { startAt, headcount, status } = shift;
  const cancelledAt = status === "cancelled" ? shift.cancelledAt : null;
  const party = cancelledAt === null ? null : cancelledBy(shift.cancelReason);
  const withdrawnAt = party === "client" ? cancelledAt : null;
  const endAt = Math.min(shift.endAt, asOf);
  const checkins = new Map<number, readonly PackedCheckin[]>();
  for (const [guard, packed] of shift.checkins) checkins.set(guard, inOrder(packed));
  const planned = { startAt, endAt: shift.endAt, cancelledAt };
  const assignments = shift.assignments.map((assignment) =>
    tellAssignment(assignment, planned, { checkins: checkins.get(assignment.guardId) ?? [], asOf, rule }),
  );
  const due = assignments.filter(({ isDue }) => isDue);
  const spans = (kind: "confirmed" | "assumed") => assignments.flatMap((assignment) => assignment[kind]);
  const neededUntil = Math.max(startAt, Math.min(endAt, withdrawnAt ?? endAt));
  const cover = coverSlots(headcount, [startAt, neededUntil], {
    confirmed: spans("confirmed"),
    assumed: spans("assumed"),
    unobserved: shift.unobserved,
  });
  const during = { inside: 0, outside: 0, uncertain: 0 };
  for (const ofGuard of checkins.values()) countVerdicts(ofGuard, [0, endAt - startAt], during);
  const { acceptedAt, fillSeconds, filledSlots } = tellFilling(shift, withdrawnAt);
  const { onTime, onTimeUncertain, noShow, noShowUncertain } = tellArrivals(due);
  const { refillSeconds, arriveSeconds } = tellNeeds(assignments, { endAt, withdrawnAt });
  // Field by field: to spread them costs as much as to tell them.
  return {
    leftOut: leaveOut(shift, { withdrawnAt, endAt, rule }),
    acceptedAt,
    fillSeconds,
    filledSlots,
    cancelledAt,
    cancelledBy: party,
    noticeSeconds: cancelledAt === null ? null : startAt - cancelledAt,
    due: due.length,
    onTime,
    onTimeUncertain,
    noShow,
    noShowUncertain,
    lateSeconds: due.map(({ lateSeconds }) => lateSeconds),
    inside: during.inside,
    outside: during.outside,
    uncertain: during.uncertain,
    plannedSeconds: headcount * (neededUntil - startAt),
    confirmedSeconds: cover.confirmed,
    assumedSeconds: cover.assumed,
    unobservedSeconds: cover.unobserved,
    acknowledgeSeconds: shift.incidents.map((one) => secondsSince(one.reportedAt, one.acknowledgedAt)),
    onSceneSeconds: shift.incidents.map((one) => secondsSince(one.reportedAt, one.onSceneAt)),
    refillSeconds,
    arriveSeconds,
    assignments,
  };
}

function leaveOut(
  { status, publishedAt, startAt, unobserved }: ShiftHistory,
  { withdrawnAt, endAt, rule }: { withdrawnAt: number | null; endAt: number; rule: SlaRule },
): LeftOut | null {
  if (status === "draft") return "draft";
  if (publishedAt === null && status === "cancelled") return "unpublished";
  if (withdrawnAt !== null && startAt - withdrawnAt >= rule.withdrawSeconds) return "withdrawn";
  return unobserved.some(([from, until]) => from < endAt && until > startAt) ? "unobserved" : null;
}

/** Who held a slot until the client withdrew it had filled it; a shift that was given up for lack of a guard is unfilled. */
function tellFilling(
  { assignments, startAt, headcount, publishedAt, status, cancelReason }: ShiftHistory,
  withdrawnAt: number | null,
): Pick<ShiftFacts, "acceptedAt" | "fillSeconds" | "filledSlots"> {
  const begins = assignments.flatMap(({ beganAt }) => (beganAt === null ? [] : [beganAt]));
  const acceptedAt = begins.length > 0 ? Math.min(...begins) : null;
  const isKnown = publishedAt !== null && begins.length === assignments.length;
  const holders = assignments.filter(
    (one) => stoodAt(startAt, one) || (withdrawnAt !== null && withdrawnAt <= startAt && one.endedAt === withdrawnAt),
  );
  const isGivenUp = status === "cancelled" && cancelReason === "no guard available";
  return {
    acceptedAt,
    fillSeconds: isKnown ? [secondsSince(publishedAt, acceptedAt)] : [],
    filledSlots: isGivenUp ? 0 : Math.min(headcount, new Set(holders.map(({ guardId }) => guardId)).size),
  };
}

function tellArrivals(
  due: readonly AssignmentFacts[],
): Pick<ShiftFacts, "onTime" | "onTimeUncertain" | "noShow" | "noShowUncertain"> {
  const count = (kind: "arrival" | "provenArrival", arrival: Arrival) =>
    due.filter((one) => one[kind] === arrival).length;
  const [onTime, noShow] = [count("provenArrival", "on time"), count("arrival", "no-show")];
  return {
    onTime,
    onTimeUncertain: count("arrival", "on time") - onTime,
    noShow,
    noShowUncertain: count("provenArrival", "no-show") - noShow,
  };
}

function secondsSince(from: number, until: number | null): number | null {
  return until === null ? null : Math.max(0, until - from);
}

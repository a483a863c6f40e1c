import { createHash } from "node:crypto";

import { type AssignmentFacts, type ShiftFacts, type Span, slaDefinition } from "../rules/sla/facts";
import { tellShiftFacts } from "../rules/sla/tell-shift-facts";
import type { NamedHistory } from "./read-histories";

/** What stands in sla_shift_facts, in the names of its columns, but for what freezing adds. */
export type FactRow = ReturnType<typeof factRow>;
export type AssignmentRow = ReturnType<typeof assignmentRow>;
/** What tells whether a shift came out as before; its rows are made where they are written. */
export type ToldRows = {
  shiftId: number;
  shiftVersion: number;
  checkinCount: number;
  digest: string;
  shift: () => FactRow;
  assignments: () => AssignmentRow[];
};

/** One shift as it was at `asOf`; `unobserved` in epoch seconds. */
export function toldRows(history: NamedHistory, { unobserved, asOf }: { unobserved: Span[]; asOf: Date }): ToldRows {
  const facts = tellShiftFacts({ ...history, unobserved }, { asOf: Math.floor(+asOf / 1000) });
  const { shiftId, shiftVersion, checkinCount } = history;
  const told = toldColumns(history, facts);
  const digest = createHash("sha256")
    .update(JSON.stringify([told, facts.assignments]))
    .digest("base64");
  return {
    ...{ shiftId, shiftVersion, checkinCount, digest },
    shift: () => factRow(history, told, digest),
    assignments: () => facts.assignments.map((one, position) => assignmentRow(shiftId, position, one)),
  };
}

function factRow(history: NamedHistory, told: ReturnType<typeof toldColumns>, digest: string) {
  return {
    ...told,
    company_name: history.companyName,
    client_name: history.clientName,
    location_name: history.locationName,
    definition: slaDefinition,
    shift_version: history.shiftVersion,
    checkin_count: history.checkinCount,
    digest,
  };
}

function assignmentRow(shiftId: number, position: number, one: AssignmentFacts) {
  return {
    shift_id: shiftId,
    position,
    guard_id: one.guardId,
    began_at: instant(one.beganAt),
    ended_at: instant(one.endedAt),
    ended_reason: one.endedReason,
    is_due: one.isDue,
    first_in_at: instant(one.firstInAt),
    late_seconds: one.lateSeconds,
    arrival: one.arrival,
    proven_arrival: one.provenArrival,
    inside: one.inside,
    outside: one.outside,
    uncertain: one.uncertain,
    confirmed_spans: multirange(one.confirmed),
    assumed_spans: multirange(one.assumed),
  };
}

/** What the digest is of. One literal: to spread others into it costs more than the rule itself. */
function toldColumns(history: NamedHistory, facts: ShiftFacts) {
  return {
    shift_id: history.shiftId,
    company_id: history.companyId,
    client_id: history.clientId,
    location_id: history.locationId,
    region: history.region,
    time_zone: history.timeZone,
    local_date: history.localDate,
    local_hour: history.localHour,
    start_at: instant(history.startAt),
    end_at: instant(history.endAt),
    headcount: history.headcount,
    status: history.status,
    published_at: instant(history.publishedAt),
    left_out: facts.leftOut,
    accepted_at: instant(facts.acceptedAt),
    fill_seconds: facts.fillSeconds,
    filled_slots: facts.filledSlots,
    cancelled_at: instant(facts.cancelledAt),
    cancelled_by: facts.cancelledBy,
    notice_seconds: facts.noticeSeconds,
    due: facts.due,
    on_time: facts.onTime,
    on_time_uncertain: facts.onTimeUncertain,
    no_show: facts.noShow,
    no_show_uncertain: facts.noShowUncertain,
    late_seconds: facts.lateSeconds,
    inside: facts.inside,
    outside: facts.outside,
    uncertain: facts.uncertain,
    planned_seconds: facts.plannedSeconds,
    confirmed_seconds: facts.confirmedSeconds,
    assumed_seconds: facts.assumedSeconds,
    unobserved_seconds: facts.unobservedSeconds,
    acknowledge_seconds: facts.acknowledgeSeconds,
    on_scene_seconds: facts.onSceneSeconds,
    refill_seconds: facts.refillSeconds,
    arrive_seconds: facts.arriveSeconds,
  };
}

function instant(seconds: number): string;
function instant(seconds: number | null): string | null;
function instant(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

function multirange(spans: readonly Span[]): string {
  return `{${spans.map(([from, until]) => `[${instant(from)},${instant(until)})`).join(",")}}`;
}

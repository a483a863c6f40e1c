import { drawReport, listIncidents, type Severity, tellResponse } from "../story/incident-story";
import { day, type Instant, minute, second } from "../story/instant";
import { paceOf } from "../story/pace";
import { amountOf, tellPayment } from "../story/payment-story";
import { Random } from "../story/random";
import { type Cell, instant } from "./copy";
import type { TableRows } from "./rows";
import type { SeededShift } from "./seeded-shifts";

const pace = paceOf(1);
const notifiedDays = 10;

/** Incidents of all shifts, and `openCount` that were just reported and wait for the control room. */
export function incidentRows(seed: number, shifts: SeededShift[], asOf: Instant, openCount: number): TableRows {
  return {
    columns: ["id", "shift_id", "severity", "summary", "reported_at", "acknowledged_at", "on_scene_at", "closed_at"],
    rows: drawRows(),
  };

  function* drawRows(): Generator<Cell[]> {
    let id = 1;
    const write = (shiftId: number, report: { severity: Severity; summary: string; reportedAt: Instant }): Cell[] => {
      const { severity, summary, reportedAt } = report;
      const response = tellResponse(seed, { incidentId: id, severity, reportedAt }, pace);
      const happened = (at: Instant | null) => instant(at !== null && at <= asOf ? at : null);
      return [
        id++,
        shiftId,
        severity,
        summary,
        instant(reportedAt),
        happened(response.acknowledgedAt),
        happened(response.onSceneAt),
        happened(response.closedAt),
      ];
    };
    for (const { id: shiftId, guardStory, standing, endAt } of shifts) {
      const beganAt = guardStory?.arrivesAt;
      if (beganAt === undefined || (standing.status !== "active" && standing.status !== "completed")) continue;
      const untilAt = Math.min(endAt, asOf);
      for (const report of listIncidents(seed, { shiftId, beganAt, fromAt: beganAt, untilAt }, pace)) {
        yield write(shiftId, report);
      }
    }
    const onPost = shifts.filter(({ standing }) => standing.status === "active");
    const random = new Random(seed, "open incidents");
    for (let open = 0; open < openCount && onPost.length > 0; ) {
      const severity = random.pick(["high", "critical"] as const);
      const reportedAt = Math.round(asOf - random.between(20, 100) * second);
      const { acknowledgedAt } = tellResponse(seed, { incidentId: id, severity, reportedAt }, pace);
      const shift = random.pick(onPost);
      if (acknowledgedAt < asOf + 2 * minute || (shift.guardStory?.arrivesAt ?? asOf) > reportedAt) {
        id++;
        continue;
      }
      let { summary, severity: drawn } = drawReport(random);
      while (drawn !== severity) ({ summary, severity: drawn } = drawReport(random));
      yield write(shift.id, { severity, summary, reportedAt });
      open++;
    }
  }
}

/** One payment for each assignment, as old as it, and as far as its age lets it be. */
export function paymentRows(seed: number, shifts: SeededShift[], asOf: Instant): TableRows {
  return {
    columns: ["shift_id", "professional_id", "amount", "status", "created_at", "approved_at", "paid_at"],
    rows: drawRows(),
  };

  function* drawRows(): Generator<Cell[]> {
    for (const { id, guard, standing, ...shift } of shifts) {
      if (!guard) continue;
      const row = (status: string, approvedAt: Instant | null, paidAt: Instant | null): Cell[] => [
        id,
        guard.id,
        amountOf(shift),
        status,
        instant(standing.assignedAt),
        instant(approvedAt),
        instant(paidAt),
      ];
      if (standing.status === "cancelled") yield row("failed", null, null);
      else if (standing.completedAt === null) yield row("pending", null, null);
      else {
        const { approvedAt, paidAt, failedAt } = tellPayment(seed, { shiftId: id, endAt: shift.endAt });
        if (failedAt !== null && failedAt <= asOf) yield row("failed", approvedAt, null);
        else if (paidAt !== null && paidAt <= asOf) yield row("paid", approvedAt, paidAt);
        else if (approvedAt <= asOf) yield row("approved", approvedAt, null);
        else yield row("pending", null, null);
      }
    }
  }
}

/** What guards were told in the last days. */
export function notificationRows(seed: number, shifts: SeededShift[], asOf: Instant): TableRows {
  return { columns: ["user_id", "type", "data", "created_at", "read_at"], rows: drawRows() };

  function* drawRows(): Generator<Cell[]> {
    for (const { id, guard, standing } of shifts) {
      if (!guard) continue;
      const told = [
        ["shift_assigned", standing.assignedAt],
        ["shift_cancelled", standing.cancelledAt],
      ] as const;
      for (const [type, at] of told) {
        if (at === null || at < asOf - notifiedDays * day) continue;
        const random = new Random(seed, type, id);
        const readAt = Math.round(at + random.logNormal(9, 1.2) * minute);
        const isRead = random.chance(0.85) && readAt <= asOf;
        yield [guard.userId, type, JSON.stringify({ shift_id: id }), instant(at), isRead ? instant(readAt) : null];
      }
    }
  }
}

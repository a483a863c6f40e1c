import { day, type Instant } from "../story/instant";
import { listStandings } from "../story/shift-status";
import { type Cell, instant } from "./copy";
import type { TableRows } from "./rows";
import type { SeededShift } from "./seeded-shifts";

const keptDays = 15;

/** Assignments that ended: those of cancelled shifts. The ones that stand begin with their shifts, by trigger. */
export function endedAssignmentRows(shifts: SeededShift[]): TableRows {
  return {
    columns: ["shift_id", "professional_id", "began_at", "began_reason", "ended_at", "ended_reason"],
    rows: drawRows(),
  };

  function* drawRows(): Generator<Cell[]> {
    for (const { id, guard, standing } of shifts) {
      if (!guard || standing.status !== "cancelled") continue;
      const { assignedAt, cancelledAt, cancelReason } = standing;
      yield [id, guard.id, instant(assignedAt), "assigned", instant(cancelledAt), cancelReason];
    }
  }
}

/** What shifts were until each change of the last days. */
export function shiftHistoryRows(shifts: SeededShift[], asOf: Instant): TableRows {
  return {
    columns: [
      ...["shift_id", "until_at", "status", "professional_id", "assigned_at", "start_datetime", "end_datetime"],
      ...["location_id", "post"],
    ],
    rows: drawRows(),
  };

  function* drawRows(): Generator<Cell[]> {
    for (const { id, guard, guardStory, story, location, startAt, endAt, post } of shifts) {
      const standings = listStandings(asOf, story, guardStory);
      for (const [position, { status, assignedAt }] of standings.entries()) {
        const untilAt = standings[position + 1]?.changedAt;
        if (!untilAt || untilAt < asOf - keptDays * day) continue;
        yield [
          ...[id, instant(untilAt), status, assignedAt === null ? null : (guard?.id ?? null), instant(assignedAt)],
          ...[instant(startAt), instant(endAt), location.id, post],
        ];
      }
    }
  }
}

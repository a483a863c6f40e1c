import { day, type Instant, minute } from "../story/instant";
import { Random } from "../story/random";
import { listStandings } from "../story/shift-status";
import { type Cell, instant } from "./copy";
import type { Guard } from "./guards";
import type { TableRows } from "./rows";
import type { SeededShift } from "./seeded-shifts";

const keptDays = 15;

/**
 * Assignments that ended: those of cancelled shifts, and of guards who called off before the one who has the shift. The
 * ones that stand begin with their shifts, by trigger.
 */
export function endedAssignmentRows(seed: number, shifts: SeededShift[], asOf: Instant): TableRows {
  return {
    columns: ["shift_id", "professional_id", "began_at", "began_reason", "ended_at", "ended_reason"],
    rows: drawRows(),
  };

  function* drawRows(): Generator<Cell[]> {
    let selfEmployed: Guard | undefined;
    for (const shift of shifts) {
      const { id, guard, standing } = shift;
      if (!guard) continue;
      const { status, assignedAt, cancelledAt, cancelReason } = standing;
      const callOff = tellCallOff(seed, shift, asOf);
      if (status === "cancelled")
        yield [id, guard.id, instant(assignedAt), "assigned", instant(cancelledAt), cancelReason];
      else if (callOff && selfEmployed)
        yield [id, selfEmployed.id, instant(callOff.beganAt), "assigned", instant(callOff.endedAt), callOff.reason];
      if (guard.companyId === null) selfEmployed = guard;
    }
  }
}

/** When a guard had a shift and gave it back before the one who has it now; of changes that no board shows any more. */
function tellCallOff(seed: number, { id, standing: { publishedAt, assignedAt } }: SeededShift, asOf: Instant) {
  const random = new Random(seed, "call-off", id);
  if (publishedAt === null || assignedAt === null || assignedAt > asOf - keptDays * day) return undefined;
  if (!random.chance(0.06)) return undefined;
  const refillMs = Math.min(random.logNormal(35, 0.9) * minute, (assignedAt - publishedAt) / 2);
  const endedAt = Math.round(assignedAt - refillMs);
  const beganAt = Math.round(publishedAt + random.between(0.1, 0.8) * (endedAt - publishedAt));
  return { beganAt, endedAt, reason: random.pick(["sick", "late cancellation"]) };
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

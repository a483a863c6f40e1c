import type { WatchedShift } from "../rules/live/live-state";
import { judgePresence } from "../rules/live/presence";
import type { ShiftAround } from "./list-shifts-around";

/** What the live state of a shift is judged from. Where the guard was seen stays behind. */
export function watchedShift(shift: ShiftAround): WatchedShift {
  const { status, startAt, endAt, guard, assignedAt, arrivedAt, checkins, openIncident, location } = shift;
  return {
    status,
    startAt,
    endAt,
    isAssigned: guard !== null,
    assignedAt,
    arrivedAt,
    presence: judgePresence(checkins, location.radiusMeters),
    openIncidentAt: openIncident?.reportedAt ?? null,
  };
}

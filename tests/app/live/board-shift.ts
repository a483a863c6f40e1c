import type { BoardShift } from "../../../app/live/board";
import type { Sighting } from "../../../db/rules/live/presence";
import type { Verdict } from "../../../db/rules/live/verdict";

export const now = new Date("2026-11-22T13:00:00Z");

export function minutesFromNow(minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

export function sighting(atMinutes: number, verdict: Verdict): Sighting {
  return { kind: "ping", at: minutesFromNow(atMinutes), verdict, distanceMeters: 12, accuracyMeters: 5 };
}

/** An assigned shift that began an hour ago, in Amsterdam. */
export function boardShift(id: number, values: Partial<BoardShift> = {}): BoardShift {
  return {
    id,
    status: "assigned",
    post: "Object security",
    startAt: minutesFromNow(-60),
    endAt: minutesFromNow(420),
    isAssigned: true,
    assignedAt: null,
    arrivedAt: null,
    presence: { last: null, leftAt: null },
    openIncidentAt: null,
    incident: null,
    guardId: 7,
    guardName: "René Çelik",
    company: "Vesting Beveiliging",
    client: "Hotel De Kroon",
    location: {
      name: "De Kroon, front desk",
      city: "Amsterdam",
      region: "Noord-Holland",
      longitude: 4.8926,
      latitude: 52.3731,
      radiusMeters: 50,
      timeZone: "Europe/Amsterdam",
    },
    ...values,
  };
}

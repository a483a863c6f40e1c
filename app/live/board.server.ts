import { data } from "@remix-run/node";

import { securyflex } from "../../db/connections";
import { listRecentCheckins } from "../../db/live/list-recent-checkins";
import { listShiftsAround } from "../../db/live/list-shifts-around";
import { judgePresence } from "../../db/rules/live/presence";
import type { Board } from "./board";
import type { CheckinsOfShift } from "./checkins";

/** The shifts within two hours of now. Where guards are stays here; what it says about their posts leaves. */
export async function readBoard(): Promise<Board> {
  const asOf = new Date();
  const shifts = await listShiftsAround(securyflex("console_read"), { asOf });
  return {
    asOf,
    shifts: shifts.map(({ guard, checkins, openIncident, location: { point, id: _, ...location }, ...shift }) => ({
      ...shift,
      isAssigned: guard !== null,
      guardName: guard?.fullName ?? null,
      location: { ...location, ...point },
      presence: judgePresence(checkins, location.radiusMeters),
      openIncidentAt: openIncident?.reportedAt ?? null,
      incident: openIncident?.summary ?? null,
    })),
  };
}

/** The last check-ins of one shift, newest first. Throws 404 for what is no shift's id. */
export async function readCheckins(shiftId: string | undefined): Promise<CheckinsOfShift> {
  if (!shiftId || !/^[1-9]\d{0,14}$/.test(shiftId)) {
    throw data({ title: "There is no such shift", message: "A shift is named by its number." }, { status: 404 });
  }
  const asOf = new Date();
  const checkins = await listRecentCheckins(securyflex("console_read"), { shiftId: Number(shiftId), asOf });
  return { shiftId: Number(shiftId), asOf, checkins };
}

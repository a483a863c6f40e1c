import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../../../db/connections";
import { listShiftsAround } from "../../../db/live/list-shifts-around";
import { judgeLiveState } from "../../../db/rules/live/live-state";
import { judgePresence } from "../../../db/rules/live/presence";
import { type ShiftState, shiftStates } from "../../../db/rules/live/shift-states";
import * as schema from "../../../db/schema";

/** Those that a shift itself comes to; the one of an outage is marked by the worker. */
export const judgedStates = shiftStates.filter((state) => state !== "unobserved");

/** How many shifts the live board shows in each state at `asOf`. */
export async function countBoardStates(
  url: string,
  asOf: Date,
  { isPast }: { isPast?: boolean } = {},
): Promise<Partial<Record<ShiftState, number>>> {
  const client = openClient(url, { max: 1, applicationName: "tests" });
  try {
    const counts: Partial<Record<ShiftState, number>> = {};
    for (const shift of await listShiftsAround(drizzle(client, { schema }), { asOf, isPast })) {
      const { state } = judgeLiveState(
        {
          ...shift,
          isAssigned: shift.guard !== null,
          presence: judgePresence(shift.checkins, shift.location.radiusMeters),
          openIncidentAt: shift.openIncident?.reportedAt ?? null,
        },
        asOf,
      );
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  } finally {
    await client.end();
  }
}

import { listVacantShifts } from "../live/reach/list-vacant-shifts";
import { forgetReaches, listReachedSince, recordReach } from "../live/reach/record-reach";
import { findBestWay } from "../rules/live/find-best-way";
import { listCandidates } from "../shifts/candidates/list-candidates";
import { defineJob } from "./job";

const aheadHours = 4;
const mostShifts = 150;
/** Homes stand still: what was found is looked at again after so long. */
const againMinutes = 4;
const keepHours = 24;

export const reachShifts = defineJob({
  id: "reach-shifts",
  title: "Reach open shifts",
  purpose: `Finds for each shift that nobody has and that starts within ${aheadHours} hours who could be there first, and until when.`,
  schedule: "* * * * *",
  timeoutSeconds: 55,
  attempts: 2,
  run: async ({ securyflex, write, signal, slot }) => {
    const since = new Date(+slot - againMinutes * 60_000);
    const without = await write((sql) => listReachedSince(sql, since));
    const asked = { asOf: slot, hours: aheadHours, limit: mostShifts, without };
    const vacant = await listVacantShifts(securyflex, asked);
    let lateCount = 0;
    for (const { id, startAt } of vacant) {
      if (signal.aborted) break;
      const found = await listCandidates(securyflex, { shiftId: id, asOf: slot });
      if (!found) continue;
      const way = findBestWay(found.candidates);
      if (!way.best || +startAt - way.best.travelSeconds * 1000 <= +slot) lateCount += 1;
      await write((sql) => recordReach(sql, { shiftId: id, startAt, way, asOf: slot }));
    }
    await write((sql) => forgetReaches(sql, new Date(+slot - keepHours * 3_600_000)));
    return `Looked at ${vacant.length} shifts that nobody has; nobody could be in time for ${lateCount} of them.`;
  },
});

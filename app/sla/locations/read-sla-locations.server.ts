import { consoleDatabase, securyflex } from "../../../db/connections";
import { unreadableReason } from "../../../db/database/unreadable-reason";
import { isAnswering, pagePatienceMs } from "../../../db/probe";
import type { SlaCounts } from "../../../db/rules/sla/counts";
import { judgeFence } from "../../../db/rules/sla/judge-fence";
import { listSlaChoices } from "../../../db/sla/list-sla-choices";
import { type MeasuredFence, measureFences } from "../../../db/sla/measure-fences";
import { readCounts } from "../../../db/sla/read-counts";
import { readSlaAddress } from "../sla-question";
import { tellFence } from "./tell-fence";

const mostLocations = 25;

/** Where planned time was not covered, worst first, and how well the fence there fits the work. */
export async function readSlaLocations(params: URLSearchParams) {
  const readAt = new Date();
  const address = readSlaAddress(params, readAt);
  const db = consoleDatabase();
  const [groups, choices] = await Promise.all([
    readCounts(db, { ...address, by: "location" }),
    listSlaChoices(db, address.filter),
  ]);
  const covered = groups.map(({ key, label, value }) => tellCovered(key, label, value));
  const worst = covered.sort((one, other) => other.absentSeconds - one.absentSeconds).slice(0, mostLocations);
  const fences = await readFences(
    worst.map(({ locationId }) => locationId),
    readAt,
  );
  const fenceOf = new Map(typeof fences === "string" ? [] : fences.map((fence) => [fence.locationId, fence]));
  return {
    ...address,
    readAt,
    choices,
    locationCount: covered.length,
    /** Why no fence could be measured; null where they were. */
    unmeasured: typeof fences === "string" ? fences : null,
    locations: worst.map((location) => {
      const fence = fenceOf.get(location.locationId);
      return { ...location, fence: fence ? tellMeasured(fence) : null };
    }),
  };
}

function tellCovered(key: string, name: string, counts: SlaCounts) {
  const { plannedSeconds, confirmedSeconds, assumedSeconds, unobservedSeconds, inside, outside, uncertain } = counts;
  return {
    locationId: Number(key),
    name,
    ...{ plannedSeconds, confirmedSeconds, assumedSeconds, unobservedSeconds, uncertain },
    checkinCount: inside + outside + uncertain,
    absentSeconds: plannedSeconds - confirmedSeconds - assumedSeconds - unobservedSeconds,
  };
}

/** In words alone: what was measured of few is theirs, and stays here. */
function tellMeasured(fence: MeasuredFence) {
  const advice = judgeFence(fence);
  return { verdict: advice.verdict, words: tellFence(advice, fence) };
}

async function readFences(locationIds: number[], asOf: Date): Promise<MeasuredFence[] | string> {
  if (!(await isAnswering("console_read", pagePatienceMs))) return "SecuryFlex does not answer.";
  return measureFences(securyflex("console_read"), { locationIds, asOf }).catch(unreadableReason);
}

export type SlaLocationsRead = Awaited<ReturnType<typeof readSlaLocations>>;

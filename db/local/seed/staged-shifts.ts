import { tellCheckIns } from "../story/check-ins";
import { findEpisode } from "../story/guard-story";
import { hour, type Instant, minute } from "../story/instant";
import { Random } from "../story/random";
import { tellShiftStory } from "../story/shift-story";
import type { Location } from "./locations";
import { worksFor } from "./roster";
import { siteOf } from "./rows";
import { sectors } from "./sectors";
import { type SeededShift, type ShiftSurroundings, standShift } from "./seeded-shifts";
import { drawRates } from "./shift-plan";

/** The states of the board that need luck at a given instant. */
export const stagedStates = ["no-show", "unfilled", "outside", "late", "stale", "uncertain", "at risk"] as const;
export type StagedState = (typeof stagedStates)[number];

const quarter = 15 * minute;
const shiftMs = 8 * hour;
const mostTries = 40_000;

/**
 * Shifts around `asOf` whose own stories put them in each state just then. Nothing is forced: site, guard and start
 * are drawn until a story fits, so the simulator goes on from it. Ids count on from `firstId`, with gaps.
 */
export function* stageShifts(
  seed: number,
  { firstId, countOfEach, ...surroundings }: ShiftSurroundings & { firstId: number; countOfEach: number },
): Generator<SeededShift> {
  let id = firstId;
  for (const state of stagedStates) {
    for (let count = 0; count < countOfEach; ) {
      if (id - firstId > mostTries) throw new Error(`No story puts a shift in the state "${state}" at this instant.`);
      const staged = tryShift(seed, id++, state, surroundings);
      if (!staged) continue;
      if (staged.guard) surroundings.roster.add(staged.guard, staged);
      yield staged;
      count++;
    }
  }
}

function tryShift(
  seed: number,
  id: number,
  state: StagedState,
  { asOf, locations, roster }: ShiftSurroundings,
): SeededShift | undefined {
  const random = new Random(seed, "stage", id);
  const location = random.pick(locations);
  const startAt = Math.floor((asOf - drawAgeMinutes(random, state) * minute) / quarter) * quarter;
  const wanted = { location, startAt, endAt: startAt + shiftMs, ...drawOrder(random, location, startAt) };
  const story = tellShiftStory(seed, { shiftId: id, ...wanted });
  if (story.withdrawal) return undefined;
  const guard = random.pick(roster.near(location.point).concat(random.pick(roster.guards)));
  const isFilled = state !== "unfilled" && state !== "at risk";
  if (isFilled && !(guard.home && worksFor(guard, location.companyId) && roster.isFree(guard, wanted, 9 * hour)))
    return undefined;
  const shift = standShift(seed, { id, wanted, story, guard: isFilled ? guard : undefined, asOf });
  return isInState(shift, state, asOf) ? shift : undefined;
}

function drawAgeMinutes(random: Random, state: StagedState): number {
  if (state === "late") return random.between(6, 20);
  if (state === "no-show") return random.between(35, 70);
  if (state === "at risk") return -random.between(25, 45);
  return state === "unfilled" ? random.between(10, 80) : random.between(60, 400);
}

function isInState(
  { standing, story, guard, guardStory, location, startAt }: SeededShift,
  state: StagedState,
  asOf: Instant,
) {
  if (state === "unfilled") return standing.status === "published" && story.fillsAt === undefined;
  if (state === "at risk") return standing.status === "published" && (story.fillsAt ?? asOf + hour) > asOf + 5 * minute;
  if (!guardStory) return false;
  if (state === "no-show") {
    return standing.status === "assigned" && guardStory.arrivesAt === undefined && guardStory.givenUpAt > asOf + hour;
  }
  if (state === "late") {
    const isLate = standing.status === "assigned" && (guardStory.arrivesAt ?? 0) > asOf + 3 * minute;
    return isLate && asOf - startAt < 25 * minute;
  }
  if (standing.status !== "active") return false;
  const episode = findEpisode(guardStory, asOf);
  if (state === "uncertain") {
    if (episode) return false;
    let last: boolean | null | undefined;
    const thinning = { fullFrom: asOf - hour, everyMs: hour };
    for (const { createdAt, isWithinRadius } of tellCheckIns(guardStory, siteOf(location), guard?.home, thinning)) {
      if (createdAt > asOf) break;
      last = isWithinRadius;
    }
    return last === null;
  }
  if (!episode || episode.untilAt < asOf + 2 * minute) return false;
  const wantedKind = state === "stale" ? "silent" : "outside";
  return episode.kind === wantedKind && episode.fromAt < asOf - 16.5 * minute;
}

function drawOrder(random: Random, location: Location, startAt: Instant) {
  const date = new Date(startAt);
  const rates = drawRates(random, location, date.getUTCHours() * 60, date.getUTCDay());
  return { post: sectors[location.sector].post, ...rates };
}

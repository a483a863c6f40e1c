import { type GuardStory, tellGuardStory } from "../story/guard-story";
import { amsterdamDay, day, hour, type Instant } from "../story/instant";
import { paceOf } from "../story/pace";
import { Random } from "../story/random";
import { type ShiftStanding, standingAt } from "../story/shift-status";
import { type ShiftStory, tellShiftStory } from "../story/shift-story";
import type { Guard } from "./guards";
import type { Location } from "./locations";
import type { Roster } from "./roster";
import { planDay, type WantedShift } from "./shift-plan";
import { futureDays, pastDays } from "./sizes";

export type SeededShift = WantedShift & {
  id: number;
  story: ShiftStory;
  /** Undefined while nobody has it. */
  guard: Guard | undefined;
  guardStory: GuardStory | undefined;
  standing: ShiftStanding;
  createdAt: Instant;
};

/** Sixty days of shifts in order of their start, each as it stands at `asOf`. */
export function* seedShifts(
  seed: number,
  { asOf, locations, roster, shiftsPerDay }: ShiftSurroundings,
): Generator<SeededShift> {
  const today = amsterdamDay(asOf);
  let id = 1;
  for (let date = today - pastDays * day; date < today + futureDays * day; date += day) {
    for (const wanted of planDay(seed, { date, locations, shiftsPerDay })) {
      yield seedShift(seed, id, wanted, roster, asOf);
      id++;
    }
  }
}

function seedShift(seed: number, id: number, wanted: WantedShift, roster: Roster, asOf: Instant): SeededShift {
  const story = tellShiftStory(seed, { shiftId: id, ...wanted });
  const booked =
    story.fillsAt === undefined
      ? undefined
      : roster.book(new Random(seed, "booking", id), wanted.location.point, wanted, wanted.location.companyId);
  return standShift(seed, { id, wanted, story, guard: booked, asOf });
}

/** One shift as both stories leave it at `asOf`. */
export function standShift(
  seed: number,
  {
    id,
    wanted,
    story,
    guard,
    asOf,
  }: {
    id: number;
    wanted: WantedShift;
    story: ShiftStory;
    guard: Guard | undefined;
    asOf: Instant;
  },
): SeededShift {
  const guardStory =
    guard && story.fillsAt !== undefined
      ? tellGuardStory(seed, { shiftId: id, professionalId: guard.id, assignedAt: story.fillsAt, ...wanted }, paceOf(1))
      : undefined;
  const standing = standingAt(asOf, story, guardStory);
  const draftedMs = new Random(seed, "draft", id).between(1, 96) * hour;
  return {
    ...wanted,
    id,
    story,
    guard: standing.assignedAt === null ? undefined : guard,
    guardStory: standing.assignedAt === null ? undefined : guardStory,
    standing,
    createdAt: Math.round(Math.min(story.publishedAt, asOf) - draftedMs),
  };
}

export type ShiftSurroundings = {
  asOf: Instant;
  locations: Location[];
  roster: Roster;
  shiftsPerDay: number;
};

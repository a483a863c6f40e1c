import { hour, type Instant, minute, second } from "./instant";
import type { Pace } from "./pace";
import { clamp, Random } from "./random";

/** What the story of a guard on a shift depends on, besides the seed. */
export type Assignment = {
  shiftId: number;
  professionalId: number;
  startAt: Instant;
  endAt: Instant;
  assignedAt: Instant;
};

export type GuardStory = {
  seed: number;
  assignment: Assignment;
  pace: Pace;
  /** Undefined when the guard never comes. */
  arrivesAt: Instant | undefined;
  /** The guard goes home; the shift is over when this is near its end. */
  leavesAt: Instant;
  /** A guard may go home without telling the app. */
  checksOut: boolean;
  /** Somebody gives up on a guard who never came. */
  givenUpAt: Instant;
};

export type Episode =
  | { kind: "outside"; fromAt: Instant; untilAt: Instant; bearingRadians: number; metersBeyond: number }
  /** `isBuffered`: the phone keeps its fixes and sends them when the network is back. */
  | { kind: "silent"; fromAt: Instant; untilAt: Instant; isBuffered: boolean };

const noShowChance = 0.025;
const lateChance = 0.08;
const leaveChance = 0.045;

/** The whole story of one guard on one shift: a pure function of the seed and the assignment. */
export function tellGuardStory(seed: number, assignment: Assignment, pace: Pace): GuardStory {
  const { shiftId, professionalId, startAt, endAt, assignedAt } = assignment;
  const random = new Random(seed, "guard", shiftId, professionalId);
  const roll = random.next();
  const punctual = startAt + clamp(-8 + 6 * random.normal(), -40, 4) * minute;
  const late = startAt + clamp(random.logNormal(16, 0.6), 5.5, 75) * minute;
  const soonest = assignedAt + random.between(20, 50) * minute;
  const wanted = Math.max(roll < noShowChance + lateChance ? late : punctual, soonest);
  const isNoShow = roll < noShowChance || wanted > endAt - 30 * minute;
  const usual = endAt + clamp(3 + 4 * random.normal(), -4, 20) * minute;
  const early = endAt - Math.min(random.between(20, 60) * minute, (endAt - startAt) / 4);
  const leavesAt = Math.max(random.chance(0.015) ? early : usual, wanted + 10 * minute);
  return {
    seed,
    assignment,
    pace,
    arrivesAt: isNoShow ? undefined : Math.round(wanted),
    leavesAt: Math.round(leavesAt),
    checksOut: random.chance(0.97),
    givenUpAt: Math.round(Math.min(endAt, startAt + random.between(1, 6) * hour)),
  };
}

/** The instant at which the shift is completed: told by the guard, or noticed 15 minutes after the end. */
export function completedAt(story: GuardStory): Instant {
  return story.checksOut ? Math.max(story.leavesAt, story.assignment.endAt) : story.assignment.endAt + 15 * minute;
}

/** What keeps the guard from being seen on post at `at`. Silence hides an absence. */
export function findEpisode(story: GuardStory, at: Instant): Episode | undefined {
  return findSilence(story, at) ?? findAbsence(story, at);
}

function findAbsence({ seed, assignment, pace, arrivesAt = 0 }: GuardStory, at: Instant): Episode | undefined {
  const block = Math.floor((at - arrivesAt) / pace.leaveBlockMs);
  if (block < 0) return undefined;
  const random = new Random(seed, "leave", assignment.shiftId, assignment.professionalId, block);
  if (!random.chance(leaveChance)) return undefined;
  const durationMs = Math.max((random.between(8, 34) * minute) / pace.speed, 5 * pace.cadenceMs + second);
  const fromAt = arrivesAt + block * pace.leaveBlockMs + random.next() * (pace.leaveBlockMs - durationMs);
  const untilAt = fromAt + durationMs;
  const bearingRadians = random.between(0, 2 * Math.PI);
  const metersBeyond = random.logNormal(160, 0.7) + 60;
  return at >= fromAt && at < untilAt ? { kind: "outside", fromAt, untilAt, bearingRadians, metersBeyond } : undefined;
}

function findSilence({ seed, assignment, pace, arrivesAt = 0 }: GuardStory, at: Instant): Episode | undefined {
  const block = Math.floor((at - arrivesAt) / hour);
  if (block < 0) return undefined;
  const random = new Random(seed, "silence", assignment.shiftId, assignment.professionalId, block);
  if (!random.chance(pace.silenceChance)) return undefined;
  const durationMs = random.between(17, 55) * minute;
  const fromAt = arrivesAt + block * hour + 2 * second + random.next() * (hour - durationMs - 2 * second);
  const untilAt = fromAt + durationMs;
  const isBuffered = random.chance(0.5);
  return at >= fromAt && at < untilAt ? { kind: "silent", fromAt, untilAt, isBuffered } : undefined;
}

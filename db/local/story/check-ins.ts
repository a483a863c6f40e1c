import { isWithinRadius, judgeCheckin } from "../../rules/live/verdict";
import type { Point } from "../../schema/geography";
import { lengthMeters, movePoint, type Step, stepBetween, stepTowards } from "./geodesy";
import { Drift, drawReceiver, type Receiver, takeFix } from "./gps-noise";
import { type Episode, findEpisode, type GuardStory } from "./guard-story";
import { type Instant, minute, second } from "./instant";
import { clamp, Random } from "./random";

export type Site = { locationId: number; point: Point; radiusMeters: number };

export type CheckIn = {
  kind: "in" | "ping" | "out";
  point: Point;
  accuracyMeters: number | null;
  isWithinRadius: boolean | null;
  recordedAt: Instant;
  createdAt: Instant;
};

/** History before `fullFrom` keeps a ping each `everyMs`, wherever the guard was; from then on every ping. */
export type Thinning = { fullFrom: Instant; everyMs: number };

const travelMs = 30 * minute;
const travelMetersPerSecond = 9;

/**
 * Every check-in of one guard on one shift in the order in which the server gets them: on the way during the half
 * hour before the arrival, `in`, one each cadence, `out`. Unlimited: who reads it stops at the present.
 */
export function* tellCheckIns(
  story: GuardStory,
  site: Site,
  home: Point | undefined,
  thinning: Thinning,
): Generator<CheckIn> {
  let lastAt = 0;
  for (const checkIn of drawCheckIns(story, site, home, thinning)) {
    lastAt = Math.max(lastAt + 1, checkIn.createdAt);
    yield { ...checkIn, createdAt: lastAt };
  }
}

function* drawCheckIns(story: GuardStory, site: Site, home: Point | undefined, thinning: Thinning): Generator<CheckIn> {
  const { seed, assignment, pace, arrivesAt, leavesAt, checksOut } = story;
  if (arrivesAt === undefined) return;
  const key = [assignment.shiftId, assignment.professionalId] as const;
  const device = carryDevice(story, site);

  const departsAt = Math.max(arrivesAt - travelMs, assignment.startAt - travelMs, assignment.assignedAt);
  if (home && departsAt >= thinning.fullFrom) {
    for (let at = departsAt; at < arrivesAt - pace.cadenceMs / 2; at += pace.cadenceMs) {
      yield device.send("ping", at, travelStep(home, site, arrivesAt - at));
    }
  }
  yield device.send("in", arrivesAt, device.stand(arrivesAt));

  let buffered: CheckIn[] = [];
  let networkAt = 0;
  const stride = Math.max(1, Math.round(thinning.everyMs / pace.cadenceMs));
  for (let count = 1; ; count++) {
    const jitter = new Random(seed, "jitter", ...key, count).between(-0.04, 0.04) * pace.cadenceMs;
    const at = Math.round(arrivesAt + count * pace.cadenceMs + jitter);
    const isOver = at >= leavesAt;
    const episode = isOver ? undefined : findEpisode(story, at);
    if (buffered.length > 0 && !(episode?.kind === "silent")) {
      yield* buffered.map((late, place) => ({ ...late, createdAt: Math.round(networkAt) + place }));
      buffered = [];
    }
    if (isOver) break;
    if (at < thinning.fullFrom && count % stride !== 0) continue;
    if (episode?.kind === "silent") {
      if (episode.isBuffered) {
        buffered.push(device.send("ping", at, device.stand(at)));
        networkAt = Math.min(episode.untilAt, leavesAt - second);
      }
      continue;
    }
    yield device.send("ping", at, episode ? absenceStep(site, episode) : device.stand(at));
  }
  if (checksOut) yield device.send("out", leavesAt, device.stand(leavesAt));
}

/** The phone of one guard on one site: where it stands and what it says about that. */
function carryDevice({ seed, assignment, pace }: GuardStory, site: Site) {
  const { shiftId, professionalId } = assignment;
  const canyonFactor = clamp(new Random(seed, "canyon", site.locationId).logNormal(1, 0.3), 0.7, 2.5);
  const receiver: Receiver = drawReceiver(new Random(seed, "receiver", professionalId), canyonFactor);
  const drift = new Drift(receiver.sigmaMeters);
  const patrol = new Drift(Math.min(0.1 * site.radiusMeters, 35));
  const place = new Random(seed, "post", shiftId, professionalId);
  const awayRatio = place.weighted([
    [85, place.between(0, 0.4)],
    [10, place.between(0.4, 0.7)],
    [5, place.between(0.8, 1)],
  ]);
  const post = stepTowards(place.between(0, 2 * Math.PI), awayRatio * site.radiusMeters);

  return {
    stand(at: Instant): Step {
      return addSteps(post, patrol.moveTo(at, new Random(seed, "patrol", shiftId, professionalId, at)));
    },
    send(kind: CheckIn["kind"], at: Instant, from: Step): CheckIn {
      const random = new Random(seed, kind, shiftId, professionalId, at);
      const fix = takeFix(receiver, drift, at, random);
      const seen = addSteps(from, fix.error);
      const seconds = random.chance(0.03) ? random.between(10, 90) : random.logNormal(1.2, 0.6);
      const delayMs = Math.min(seconds * second, kind === "ping" ? 0.4 * pace.cadenceMs : 3 * second);
      const accuracyMeters = fix.accuracyMeters === null ? null : Math.round(fix.accuracyMeters * 10) / 10;
      return {
        kind,
        point: movePoint(site.point, seen),
        accuracyMeters,
        isWithinRadius: isWithinRadius(
          judgeCheckin({ distanceMeters: lengthMeters(seen), radiusMeters: site.radiusMeters, accuracyMeters }),
        ),
        recordedAt: at,
        createdAt: Math.round(at + delayMs),
      };
    },
  };
}

function addSteps(one: Step, other: Step): Step {
  return { eastMeters: one.eastMeters + other.eastMeters, northMeters: one.northMeters + other.northMeters };
}

/** Out of the fence by a few minutes' walk, the way there and back included. */
function absenceStep(site: Site, { bearingRadians, metersBeyond }: Extract<Episode, { kind: "outside" }>): Step {
  return stepTowards(bearingRadians, site.radiusMeters + metersBeyond);
}

/** Where a guard is `leftMs` before the arrival, on the straight line from home. */
function travelStep(home: Point, site: Site, leftMs: number): Step {
  const way = stepBetween(site.point, home);
  const ratio = Math.min(1, (travelMetersPerSecond * leftMs) / second / Math.max(1, lengthMeters(way)));
  return { eastMeters: way.eastMeters * ratio, northMeters: way.northMeters * ratio };
}

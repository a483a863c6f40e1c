import { tellAwaySpans } from "./away-spans";
import { judgeCheckin, type Verdict } from "./verdict";

export type Checkin = {
  kind: "in" | "ping" | "out";
  /** The device's clock. */
  recordedAt: Date;
  /** The server's clock. */
  createdAt: Date;
  /** From the location's point. */
  distanceMeters: number;
  /** Null when the device gave none. */
  accuracyMeters: number | null;
};

export type Sighting = {
  kind: Checkin["kind"];
  /** Of the position: what the device says, but never later than the server heard of it. */
  at: Date;
  verdict: Verdict;
  distanceMeters: number;
  accuracyMeters: number | null;
};

/** What the check-ins of one shift say, whatever the time is. */
export type Presence = {
  /** Null while no check-in has come. */
  last: Sighting | null;
  /** When the guard was first seen outside in the run that made "left the post". Null while not away. */
  leftAt: Date | null;
};

/** A fence is wider for leaving than for arriving: 10 % of the radius, at least 20 m. */
export function leavingRadiusMeters(radiusMeters: number): number {
  return radiusMeters + Math.max(0.1 * radiusMeters, 20);
}

/** What the check-ins of a shift say about its post. */
export function judgePresence(checkins: readonly Checkin[], radiusMeters: number): Presence {
  const absence = tellAbsences(checkins, radiusMeters).at(-1);
  return {
    last: sightInOrder(checkins, radiusMeters).at(-1) ?? null,
    leftAt: absence?.returnedAt ? null : (absence?.leftAt ?? null),
  };
}

export type Absence = {
  /** When the guard was first seen outside in the run that made it. */
  leftAt: Date;
  /** First position inside again. Null while away. */
  returnedAt: Date | null;
};

/**
 * Reads check-ins in any order, tells in order. The guard has left the post at the third consecutive position outside
 * the wider fence, or at the second that comes 3 minutes or more after the first; the first position inside it ends
 * that. An uncertain position neither counts nor breaks the run.
 */
export function tellAbsences(checkins: readonly Checkin[], radiusMeters: number): Absence[] {
  const seen = sightInOrder(checkins, radiusMeters).map(({ at, distanceMeters, accuracyMeters }) => ({
    at: +at / 1000,
    verdict: judgeCheckin({ distanceMeters, accuracyMeters, radiusMeters: leavingRadiusMeters(radiusMeters) }),
  }));
  return tellAwaySpans(seen).map(({ from, until }) => ({
    leftAt: new Date(from * 1000),
    returnedAt: until === null ? null : new Date(until * 1000),
  }));
}

function sightInOrder(checkins: readonly Checkin[], radiusMeters: number): Sighting[] {
  return checkins.map((checkin) => sight(checkin, radiusMeters)).sort((a, b) => +a.at - +b.at);
}

/** One check-in with its verdict against the fence itself. */
export function sight(checkin: Checkin, radiusMeters: number): Sighting {
  const { kind, recordedAt, createdAt, distanceMeters, accuracyMeters } = checkin;
  return {
    kind,
    at: recordedAt < createdAt ? recordedAt : createdAt,
    verdict: judgeCheckin({ distanceMeters, accuracyMeters, radiusMeters }),
    distanceMeters,
    accuracyMeters,
  };
}

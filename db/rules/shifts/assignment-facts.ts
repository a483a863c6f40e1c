import type { Employment } from "./assignment-rules";

type Place = { longitude: number; latitude: number };

/** What is planned: a shift as a guard is judged for it. */
export type ShiftFacts = {
  id: number;
  companyId: number;
  startAt: Date;
  endAt: Date;
  timeZone: string;
  post: string;
  /** Euro an hour. */
  hourlyRate: number;
  point: Place;
};

/** Another shift of the guard. */
export type OtherShift = {
  shiftId: number;
  startAt: Date;
  endAt: Date;
  /** A completed one is over, though its planned hours may not be. */
  isCompleted: boolean;
  place: string;
  point: Place;
};

/** A shift that the guard gave back or did not come to. */
export type CallOff = { shiftId: number; startAt: Date; endAt: Date; reason: string; place: string };

export type GuardFacts = {
  employment: Employment;
  /** The company of an employee; null where none is on record. */
  employer: { id: number; name: string } | null;
  /** Null while the guard asks for none. */
  hourlyRate: number | null;
  vca: { isGiven: boolean; validUntil: Date | null };
  pass: { colour: string | null; validUntil: Date | null; restriction: string | null };
  /** Null where no home is on record. */
  travelSeconds: number | null;
  /** Those within ten days, in any order, without the shift that is judged. */
  others: readonly OtherShift[];
  callOffs: readonly CallOff[];
};

/** How a guard's work lies around a shift. */
export type Surroundings = {
  /** Assigned or active at the same time. */
  overlapping: OtherShift[];
  /** The nearest that ends before the shift and the nearest that begins after it; null where there is none. */
  before: OtherShift | null;
  after: OtherShift | null;
  /** Elapsed; 0 where a completed one was planned to go on. */
  restBeforeSeconds: number | null;
  restAfterSeconds: number | null;
};

export function readSurroundings(
  shift: Pick<ShiftFacts, "startAt" | "endAt">,
  others: readonly OtherShift[],
): Surroundings {
  const crosses = ({ startAt, endAt }: OtherShift) => startAt < shift.endAt && endAt > shift.startAt;
  const overlapping = others.filter((other) => !other.isCompleted && crosses(other));
  const apart = others.filter((other) => !overlapping.includes(other));
  const before = apart
    .filter(({ startAt }) => startAt < shift.startAt)
    .reduce<OtherShift | null>((last, other) => (last && last.endAt >= other.endAt ? last : other), null);
  const after = apart
    .filter(({ startAt }) => startAt >= shift.startAt)
    .reduce<OtherShift | null>((first, other) => (first && first.startAt <= other.startAt ? first : other), null);
  return {
    overlapping,
    before,
    after,
    restBeforeSeconds: before && Math.max(0, +shift.startAt - +before.endAt) / 1000,
    restAfterSeconds: after && Math.max(0, +after.startAt - +shift.endAt) / 1000,
  };
}

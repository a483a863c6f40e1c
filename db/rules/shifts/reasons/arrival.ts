import { tellDuration, tellInstant } from "../tell-times";
import { travelSecondsBetween } from "../travel-time";
import type { Case, Finder, Finding } from "./finding";

const hourMs = 3_600_000;

/** Named by the call-off that lies nearest; of the shift itself none is nearer. */
export const findUnavailable: Finder = ({ shift, guard }, limit) => {
  const apartMs = ({ startAt, endAt }: { startAt: Date; endAt: Date }) =>
    Math.max(0, +startAt - +shift.endAt, +shift.startAt - +endAt);
  const [nearest] = guard.callOffs
    .map((callOff) => ({ ...callOff, apartMs: callOff.shiftId === shift.id ? -1 : apartMs(callOff) }))
    .sort((one, other) => one.apartMs - other.apartMs);
  if (!nearest || nearest.apartMs > limit * hourMs) return [];
  const { shiftId, reason, place, startAt } = nearest;
  const what =
    shiftId === shift.id
      ? "this very shift"
      : `shift ${shiftId} at ${place} of ${tellInstant(startAt, shift.timeZone)}`;
  return [
    {
      sentence: `Did not stand ${what}: ${reason}.`,
      change: "The guard's word that it is possible again.",
      measured: Math.max(0, nearest.apartMs) / hourMs,
    },
  ];
};

/** From the shift before where the guard is still to end it, else from home; and on to the shift after. */
export const findTravel: Finder = (facts, limit) => [...lateHere(facts, limit), ...lateThere(facts, limit)];

export const findRate: Finder = ({ shift, guard }, limit) => {
  if (guard.hourlyRate === null) {
    return [
      { sentence: "Asks no rate on record: the margin is unknown.", change: "A rate on record.", isToKnow: true },
    ];
  }
  const above = Math.round((guard.hourlyRate - shift.hourlyRate) * 100) / 100;
  if (above <= limit) return [];
  return [
    {
      sentence: `Asks ${euro(guard.hourlyRate)} an hour, ${euro(above)} more than the shift pays (${euro(shift.hourlyRate)}).`,
      change: `A shift that pays ${euro(guard.hourlyRate - limit)} an hour, or a guard who asks less.`,
      measured: above,
    },
  ];
};

function lateHere({ shift, guard, around, asOf }: Case, limit: number): Finding[] {
  if (asOf >= shift.endAt) return [];
  const { before } = around;
  const isAtWork = before !== null && !before.isCompleted && before.endAt > asOf;
  const leavesAt = isAtWork ? before.endAt : asOf;
  const seconds = isAtWork ? travelSecondsBetween(before.point, shift.point) : guard.travelSeconds;
  if (seconds === null) {
    return [
      {
        sentence: "Has no home on record: whether the guard arrives in time is unknown.",
        change: "A home on record.",
        isToKnow: true,
      },
    ];
  }
  const arrivesAt = new Date(+leavesAt + seconds * 1000);
  const lateSeconds = (+arrivesAt - +shift.startAt) / 1000;
  if (lateSeconds <= limit * 60) return [];
  const from = isAtWork
    ? `from shift ${before.shiftId} at ${before.place}, which ends ${tellInstant(before.endAt, shift.timeZone)}`
    : "from home, leaving at once";
  return [
    {
      sentence: `Arrives about ${tellInstant(arrivesAt, shift.timeZone)}, ${tellDuration(lateSeconds, { isUp: true })} after the start: ${tellDuration(seconds)} on the way ${from} (estimate).`,
      change: `A start ${tellDuration(lateSeconds - limit * 60, { isUp: true })} later, or a guard who is nearer.`,
      measured: lateSeconds / 60,
      ...(asOf >= shift.startAt ? { isToKnow: true } : {}),
    },
  ];
}

function lateThere({ shift, around }: Case, limit: number): Finding[] {
  const { after } = around;
  if (!after || after.isCompleted) return [];
  const seconds = travelSecondsBetween(shift.point, after.point);
  const lateSeconds = (+shift.endAt - +after.startAt) / 1000 + seconds;
  if (lateSeconds <= limit * 60) return [];
  return [
    {
      sentence: `Arrives ${tellDuration(lateSeconds, { isUp: true })} late at shift ${after.shiftId} at ${after.place} afterwards: ${tellDuration(seconds)} on the way (estimate).`,
      change: `Somebody else on shift ${after.shiftId}, or its start ${tellDuration(lateSeconds - limit * 60, { isUp: true })} later.`,
      measured: lateSeconds / 60,
    },
  ];
}

function euro(amount: number): string {
  return `€ ${amount.toFixed(2)}`;
}

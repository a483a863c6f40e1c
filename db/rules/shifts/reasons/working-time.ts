import type { OtherShift, ShiftFacts } from "../assignment-facts";
import { tellDuration, tellInstant } from "../tell-times";
import { secondsWithin } from "../working-weeks";
import type { Finder, Finding } from "./finding";

const hour = 3600;

export const findOverlap: Finder = ({ shift, around }) =>
  around.overlapping.map(({ shiftId, startAt, endAt, place }) => ({
    sentence: `Has shift ${shiftId} at ${place} at that time: ${tellInstant(startAt, shift.timeZone)} to ${tellInstant(endAt, shift.timeZone)}.`,
    change: `Somebody else on shift ${shiftId}, or the two guards swapped.`,
  }));

export const findRest: Finder = ({ shift, around }, limit) => [
  ...shortRest(shift, around.before, around.restBeforeSeconds, limit, "before"),
  ...shortRest(shift, around.after, around.restAfterSeconds, limit, "after"),
];

export const findShiftLength: Finder = ({ shift }, limit) => {
  const seconds = (+shift.endAt - +shift.startAt) / 1000;
  if (seconds <= limit * hour) return [];
  return [
    {
      sentence: `The shift lasts ${tellDuration(seconds, { isUp: true })}, ${tellDuration(limit * hour)} at most.`,
      change: `A shift that is ${tellDuration(seconds - limit * hour, { isUp: true })} shorter, or two of it.`,
      measured: seconds / hour,
    },
  ];
};

export const findWeek: Finder = ({ shift, guard, weeks }, limit) =>
  weeks.flatMap((week) => {
    const without = secondsWithin(week, guard.others);
    const seconds = without + secondsWithin(week, [shift]);
    if (seconds <= limit * hour) return [];
    return [
      {
        sentence: `Works ${tellDuration(seconds, { isUp: true })} in week ${week.number} with this shift, ${tellDuration(without)} without it; ${tellDuration(limit * hour)} at most.`,
        change: `${tellDuration(seconds - limit * hour, { isUp: true })} less in week ${week.number}.`,
        measured: seconds / hour,
      },
    ];
  });

function shortRest(
  { timeZone }: ShiftFacts,
  other: OtherShift | null,
  seconds: number | null,
  limit: number,
  side: "before" | "after",
): Finding[] {
  if (!other || seconds === null || seconds >= limit * hour) return [];
  const edge =
    side === "before"
      ? `shift ${other.shiftId} before it ends ${tellInstant(other.endAt, timeZone)} at ${other.place}`
      : `shift ${other.shiftId} after it begins ${tellInstant(other.startAt, timeZone)} at ${other.place}`;
  const lacking = tellDuration(limit * hour - seconds, { isUp: true });
  return [
    {
      sentence: `Rest of ${tellDuration(seconds)} ${side}, ${tellDuration(limit * hour)} needed: ${edge}.`,
      change: `${lacking} more between the two, or somebody else on shift ${other.shiftId}.`,
      measured: seconds / hour,
    },
  ];
}

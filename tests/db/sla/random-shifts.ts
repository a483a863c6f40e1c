import fc from "fast-check";

import type { RawShift } from "./retell";

const minute = 60_000;
const second = 1000;
const hours = 60 * minute;

/** An ordinary day and the two nights of 2026 in which the clock changes, 22:00 to 06:00. */
const starts = [
  { start: Date.parse("2026-06-10T09:00:00Z"), lasts: 2 * hours },
  { start: Date.parse("2026-06-11T22:30:00Z"), lasts: 1.5 * hours },
  { start: Date.parse("2026-03-28T21:00:00Z"), lasts: 7 * hours },
  { start: Date.parse("2026-10-24T20:00:00Z"), lasts: 9 * hours },
];

const delay = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 * second }) },
  { weight: 1, arbitrary: fc.integer({ min: 2 * hours, max: 20 * hours }) }, // uploaded late
  { weight: 1, arbitrary: fc.integer({ min: -20 * minute, max: -second }) }, // the device's clock is ahead
);

/** In, then a few positions outside shortly after one another, and perhaps the silence of who has gone. */
function departure(lasts: number) {
  return fc
    .record({
      at: fc.integer({ min: 0, max: lasts / second - 1800 }),
      gap: fc.constantFrom(60, 89, 90, 179, 180, 400),
      count: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ at, gap, count }) =>
      Array.from({ length: count + 1 }, (_, index) => ({
        guard: 0,
        kind: index === 0 ? ("in" as const) : ("ping" as const),
        at: at + index * gap,
        milliseconds: 0,
        delay: 0,
        metres: index === 0 ? 0 : 140,
        accuracy: 3.5,
      })),
    );
}

function checkins(lasts: number) {
  const any = fc.record({
    guard: fc.integer({ min: 0, max: 1 }),
    kind: fc.oneof(
      { weight: 3, arbitrary: fc.constant("in" as const) },
      { weight: 8, arbitrary: fc.constant("ping" as const) },
      { weight: 1, arbitrary: fc.constant("out" as const) },
    ),
    at: fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: -70 * 60, max: 35 * 60 }) },
      { weight: 2, arbitrary: fc.integer({ min: -70 * 60, max: lasts / second + 900 }) },
      { weight: 1, arbitrary: fc.constantFrom(-3601, -3600, -1, 0, 299, 300, 301, 1799, 1800, 1801) },
    ),
    milliseconds: fc.integer({ min: 0, max: 999 }),
    delay,
    metres: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(31, 58, 66, 84, 140)),
    accuracy: fc.constantFrom(3.5, 3.5, 7.5, 18.5, 45.5, null),
  });
  const scattered = fc.uniqueArray(any, { maxLength: 24, selector: ({ guard, at }) => `${guard} ${at}` });
  return fc.tuple(scattered, fc.option(departure(lasts))).map(([apart, gone]) => (gone ? [...gone, ...apart] : apart));
}

const interval = (lasts: number) =>
  fc.tuple(
    fc.oneof(fc.constantFrom(0, -3600, 600), fc.integer({ min: -2 * 86_400, max: lasts / second })),
    fc.integer({ min: 0, max: 86_400 * 2 }),
  );

function assignments(lasts: number) {
  return fc
    .tuple(fc.array(interval(lasts), { maxLength: 3 }), fc.boolean(), fc.boolean())
    .map(([intervals, isOpen, isUndated]) => {
      const ordered = [...intervals].sort(([one], [other]) => one - other);
      const all = ordered.map(([began, length], index) => ({
        guard: index % 2,
        began: isUndated && index === 0 ? null : began,
        ended: isOpen && index === ordered.length - 1 ? null : began + length,
      }));
      const [first, , third] = all;
      const overlaps = first && third && (first.ended as number) > (third.began as number);
      return overlaps ? all.slice(0, 2) : all;
    });
}

/** Histories with all that goes wrong: called off, refilled, handed over with overlap, late uploads, no sign-off. */
export const randomShift: fc.Arbitrary<RawShift> = fc
  .constantFrom(...starts)
  .chain(({ start, lasts }) =>
    fc.record({
      start: fc.constant(start),
      end: fc.constant(start + lasts),
      zone: fc.constantFrom("Europe/Amsterdam", "America/Kralendijk"),
      headcount: fc.constantFrom(1, 1, 1, 2, 3),
      status: fc.constantFrom("completed", "completed", "completed", "assigned", "published", "cancelled", "draft"),
      reason: fc.constantFrom("client request", "sick", "no guard available", "late cancellation", null),
      published: fc.option(fc.integer({ min: -30 * 86_400, max: -3600 }), { freq: 6 }),
      cancelled: fc.oneof(
        fc.constantFrom(-86_401, -86_400, -86_399, -7201, -7200, -7199, 0, 60),
        fc.integer({ min: -3 * 86_400, max: lasts / second }),
      ),
      isEndedByCancelling: fc.boolean(),
      assignments: assignments(lasts),
      checkins: checkins(lasts),
      incidents: fc.array(
        fc.record({
          reported: fc.integer({ min: 0, max: lasts / second }),
          acknowledged: fc.option(fc.integer({ min: 0, max: 4000 })),
          onScene: fc.option(fc.integer({ min: 0, max: 4000 })),
        }),
        { maxLength: 2 },
      ),
      outages: fc.array(fc.tuple(fc.integer({ min: -7200, max: lasts / second }), fc.integer({ min: 1, max: 3600 })), {
        maxLength: 2,
      }),
      hasOutage: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    }),
  )
  .map(({ isEndedByCancelling, hasOutage, ...shift }) => {
    const after = (seconds: number | null) => (seconds === null ? null : shift.start + seconds * second);
    const cancelled = shift.status === "cancelled" ? after(shift.cancelled) : null;
    const seen = new Set<string>();
    return {
      ...shift,
      client: shift.zone === "Europe/Amsterdam" ? "Hotel De Kroon" : "Rijk Kralendijk",
      status: shift.status as RawShift["status"],
      reason: shift.status === "cancelled" ? shift.reason : null,
      published: after(shift.published),
      cancelled,
      assignments: shift.assignments.map((one, index) => {
        const began = after(one.began);
        const isLast = index === shift.assignments.length - 1;
        const ended = isLast && cancelled && isEndedByCancelling ? cancelled : after(one.ended);
        return { guard: one.guard, began, ended: ended === null ? null : Math.max(ended, began ?? 0) };
      }),
      checkins: shift.checkins.flatMap(({ at, milliseconds, delay: heardLater, ...one }) => {
        const recorded = shift.start + at * second + milliseconds;
        const created = recorded + heardLater;
        const key = `${one.guard} ${Math.floor(Math.min(recorded, created) / second)}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return [{ ...one, recorded, created }];
      }),
      incidents: shift.incidents.map(({ reported, acknowledged, onScene }) => ({
        reported: shift.start + reported * second,
        acknowledged: acknowledged === null ? null : shift.start + (reported + acknowledged) * second,
        onScene: onScene === null ? null : shift.start + (reported + onScene) * second,
      })),
      outages: (hasOutage ? shift.outages : []).map(([from, length]): [number, number] => [
        shift.start + from * second,
        shift.start + (from + length) * second,
      ]),
    };
  });

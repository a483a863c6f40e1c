import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { findTrouble, type WatchedPost } from "../../../db/rules/live/alarm-conditions";
import { causeOf } from "../../../db/rules/live/alarm-kinds";
import { type Episode, judgeEpisodes } from "../../../db/rules/live/alarms";
import type { WatchedShift } from "../../../db/rules/live/live-state";
import type { Outage } from "../../../db/rules/live/outage";
import type { Sighting } from "../../../db/rules/live/presence";
import { judgeSpans, type OpenSpan } from "../../../db/rules/live/unobserved-spans";
import type { Verdict } from "../../../db/rules/live/verdict";

const startAt = new Date("2026-11-22T08:00:00Z");
const minute = (count: number) => new Date(+startAt + count * 60_000);
const inMinutes = (at: Date | null) => (at === null ? null : (+at - +startAt) / 60_000);

/** An assigned shift of eight hours that nobody has come to. */
const expected: WatchedShift = {
  status: "assigned",
  startAt,
  endAt: minute(480),
  isAssigned: true,
  assignedAt: minute(-3000),
  arrivedAt: null,
  presence: { last: null, leftAt: null },
  openIncidentAt: null,
};
const vacant: WatchedShift = { ...expected, status: "published", isAssigned: false, assignedAt: null };

function seen(atMinute: number, verdict: Verdict = "inside", kind: Sighting["kind"] = "ping"): Sighting {
  return { kind, at: minute(atMinute), verdict, distanceMeters: 10, accuracyMeters: 5 };
}

function present(lastMinute: number, values: Partial<WatchedShift> = {}): WatchedShift {
  return {
    ...expected,
    status: "active",
    arrivedAt: minute(-5),
    presence: { last: seen(lastMinute), leftAt: null },
    ...values,
  };
}

const post = (
  shift: WatchedShift,
  shiftId = 7,
  guardId: number | null = shift.isAssigned ? 70 : null,
): WatchedPost => ({
  shiftId,
  guardId,
  shift,
});

/** The console's alarms as they would be stored, judged again and again. */
function openBook() {
  const episodes = new Map<number, Episode & { id: number }>();
  const spans: (OpenSpan & { untilAt: Date | null })[] = [];
  let judgedAt: Date | null = null;
  let outage: Outage | null = null;
  return {
    judge(atMinute: number, given: WatchedPost[]) {
      const asOf = minute(atMinute);
      const found = findTrouble(given, { standing: outage, asOf });
      const { conditions, unobserved } = found;
      outage = found.outage;
      const posts = new Map(given.map((one) => [one.shiftId, one]));
      const changes = judgeEpisodes({ known: [...episodes.values()], conditions, posts, judgedAt, asOf });
      const open = spans.filter(({ untilAt }) => untilAt === null);
      const { begun, ended } = judgeSpans(open, unobserved, { posts, asOf });
      for (const { id, untilAt } of ended) Object.assign(spans[Number(id)] as object, { untilAt });
      for (const span of begun) spans.push({ ...span, id: String(spans.length), untilAt: null });
      for (const { before, after } of changes) {
        const id = before?.id ?? episodes.size + 1;
        episodes.set(id, { ...after, id });
      }
      judgedAt = asOf;
      return changes.map(({ change, after }) => `${change} ${after.kind}`);
    },
    list: () => [...episodes.values()],
    listOpen: () => [...episodes.values()].filter(({ endedAt }) => endedAt === null),
    outage: () => outage,
    tellSpans: () =>
      spans.map(({ shiftId, fromAt, untilAt }) => `${shiftId}: ${inMinutes(fromAt)}..${inMinutes(untilAt) ?? ""}`),
    tell: () =>
      [...episodes.values()].map(
        ({ kind, beganAt, endedAt, ending, times }) =>
          `${kind} ${inMinutes(beganAt)}..${inMinutes(endedAt) ?? ""} ${ending ?? "open"} ×${times}`,
      ),
  };
}

describe("stories of one shift", () => {
  test("who is late and then does not come is one alarm that gets worse, and ends with the arrival", () => {
    const book = openBook();
    expect(book.judge(5, [post(expected)])).toEqual([]);
    expect(book.judge(6, [post(expected)])).toEqual(["began late"]);
    expect(book.judge(20, [post(expected)])).toEqual([]);
    expect(book.judge(31, [post(expected)])).toEqual(["turned no-show"]);
    expect(book.list()[0]).toMatchObject({ beganAt: minute(5), raisedAt: minute(6), escalatedAt: minute(30) });
    expect(book.judge(45, [post(present(44, { arrivedAt: minute(44) }))])).toEqual(["ended no-show"]);
    expect(book.tell()).toEqual(["no-show 5..44 recovered ×1"]);
  });

  test("a shift at risk that stays vacant is one alarm that gets worse, until somebody is assigned", () => {
    const book = openBook();
    expect(book.judge(-61, [post(vacant)])).toEqual([]);
    expect(book.judge(-59, [post(vacant)])).toEqual(["began at-risk"]);
    expect(book.judge(1, [post(vacant)])).toEqual(["turned unfilled"]);
    expect(book.judge(12, [post({ ...expected, assignedAt: minute(11) })])).toEqual(["ended unfilled", "began late"]);
    expect(book.tell()).toEqual(["unfilled -60..11 recovered ×1", "late 11.. open ×1"]);
  });

  test("a shift that is given back after its start is vacant since then, not since the start", () => {
    const book = openBook();
    book.judge(100, [post(present(99))]);
    expect(book.judge(101, [post(vacant)])).toEqual(["began unfilled"]);
    expect(book.tell()).toEqual(["unfilled 100.. open ×1"]);
  });

  test("a no-show who is replaced ends; the one who takes over is late since taking over", () => {
    const book = openBook();
    book.judge(31, [post(expected)]);
    expect(book.judge(41, [post({ ...expected, assignedAt: minute(40) }, 7, 71)])).toEqual([
      "ended no-show",
      "began late",
    ]);
    expect(book.tell()).toEqual(["no-show 30..40 reassigned ×1", "late 40.. open ×1"]);
  });

  test("a post that was left is an alarm since the first position outside; signing off early says so", () => {
    const book = openBook();
    const away = present(64, { presence: { last: seen(64, "outside"), leftAt: minute(60) } });
    expect(book.judge(65, [post(away)])).toEqual(["began outside"]);
    expect(book.judge(71, [post(present(70))])).toEqual(["ended outside"]);
    const signedOff = present(0, { presence: { last: seen(200, "inside", "out"), leftAt: null } });
    expect(book.judge(201, [post(signedOff)])).toEqual(["began outside"]);
    expect(book.tell()).toEqual(["outside 60..70 recovered ×1", "outside 200.. open ×1"]);
    expect(book.list()[1]?.hasSignedOff).toBe(true);
  });

  test("the end of the shift ends what is wrong; a shift that leaves the board is no longer watched", () => {
    const book = openBook();
    book.judge(400, [post(expected), post(present(300), 8)]);
    expect(book.judge(481, [post(expected)])).toEqual(["ended no-show", "ended stale"]);
    expect(book.tell()).toEqual(["no-show 30..480 over ×1", "stale 315..481 unwatched ×1"]);
  });

  test("an incident stands beside what else is wrong and hides nothing", () => {
    const book = openBook();
    const away = present(64, { presence: { last: seen(64, "outside"), leftAt: minute(60) } });
    book.judge(65, [post(away)]);
    expect(book.judge(66, [post({ ...away, openIncidentAt: minute(65) })])).toEqual(["began incident"]);
    expect(book.judge(70, [post(away)])).toEqual(["ended incident"]);
    expect(book.tell()).toEqual(["outside 60.. open ×1", "incident 65..70 recovered ×1"]);
  });

  test("uncertain, on post, upcoming and completed are no alarms", () => {
    const book = openBook();
    const vague = present(59, { presence: { last: seen(59, "uncertain"), leftAt: null } });
    expect(
      book.judge(60, [post(vague), post(present(58), 8), post({ ...present(58), status: "completed" }, 9)]),
    ).toEqual([]);
    expect(book.judge(-90, [post(expected), post(vacant, 8)])).toEqual([]);
  });
});

describe("a bad signal", () => {
  test("that comes and goes within 15 minutes is one alarm with a count; after more it is another", () => {
    const book = openBook();
    expect(book.judge(76, [post(present(60))])).toEqual(["began stale"]);
    expect(book.judge(80, [post(present(79))])).toEqual(["ended stale"]);
    expect(book.judge(95, [post(present(79))])).toEqual(["resumed stale"]);
    expect(book.judge(100, [post(present(99))])).toEqual(["ended stale"]);
    for (const at of [104, 109, 114, 119]) book.judge(at, [post(present(at))]);
    expect(book.judge(135, [post(present(119))])).toEqual(["began stale"]);
    expect(book.tell()).toEqual(["stale 75..99 recovered ×2", "stale 134.. open ×1"]);
  });

  test("of a thousand flaps is one row", () => {
    const book = openBook();
    const longShift = { endAt: minute(48 * 60) };
    for (let flap = 0; flap < 1000; flap += 1) {
      const at = 60 + 2 * flap;
      const away = present(at, { ...longShift, presence: { last: seen(at, "outside"), leftAt: minute(at) } });
      book.judge(at, [post(away)]);
      book.judge(at + 1, [post(present(at + 1, longShift))]);
    }
    expect(book.tell()).toEqual(["outside 60..2059 recovered ×1000"]);
  });

  test("of one who was replaced and came back is not what it was before, though all ended in one instant", () => {
    const book = openBook();
    const due = (guardId: number, assigned: number | null) =>
      post({ ...expected, assignedAt: assigned === null ? null : minute(assigned) }, 7, guardId);
    book.judge(11, [due(70, null)]);
    book.judge(34, []);
    book.judge(37, [due(71, null)]);
    book.judge(41, [post(present(40, { assignedAt: minute(34) }), 7, 70)]);
    book.judge(42, [due(70, 34)]);
    expect(book.tell()).toEqual(["late 5..34 unwatched ×1", "no-show 34..34 reassigned ×1", "late 34.. open ×1"]);
  });

  test("of one guard is not that of the next", () => {
    const book = openBook();
    book.judge(76, [post(present(60))]);
    expect(book.judge(78, [post(present(61, { assignedAt: minute(77) }), 7, 71)])).toEqual([
      "ended stale",
      "began stale",
    ]);
    expect(book.list()[1]?.beganAt).toEqual(minute(77));
  });
});

describe("when many guards fall silent together", () => {
  const silentSince = (lastMinute: number, count: number, firstId: number) =>
    Array.from({ length: count }, (_, index) =>
      post(present(lastMinute + index / 60), firstId + index, firstId + index),
    );

  test("it is one outage that holds back their alarms and the absences that nobody could end", () => {
    const book = openBook();
    const calm = silentSince(75, 10, 100);
    const due = post({ ...expected, startAt: minute(65) }, 7);
    expect(book.judge(76, [...silentSince(60, 10, 11), ...calm, due])).toEqual(["began outage"]);
    expect(book.list()[0]).toMatchObject({ shiftId: null, affectedCount: 11, beganAt: minute(75) });
    expect(book.judge(90, silentSince(60, 10, 11))).toEqual(["turned outage"]);
  });

  test("it lasts a cadence longer than the silence; who is silent still has an alarm then", () => {
    const book = openBook();
    book.judge(76, silentSince(60, 10, 1));
    const heard = (at: number, stillSilent: number) => [
      ...Array.from({ length: 10 - stillSilent }, (_, index) => post(present(at), index + 1, index + 1)),
      ...silentSince(60, 10, 1).slice(10 - stillSilent),
    ];
    expect(book.judge(91, heard(91, 5))).toEqual(["turned outage"]);
    expect(book.judge(92, heard(92, 1))).toEqual(["turned outage"]);
    expect(book.judge(95.9, heard(95, 1))).toEqual([]);
    expect(book.judge(96, heard(96, 1))).toEqual(["ended outage", "began stale"]);
    expect(book.tell()).toEqual(["outage 75..96 recovered ×1", "stale 75.15.. open ×1"]);
    expect(book.tellSpans().slice(0, 6)).toEqual(
      [60, 60 + 1 / 60, 60 + 2 / 60, 60 + 3 / 60, 60 + 4 / 60]
        .map((from, index) => `${index + 1}: ${from}..91`)
        .concat(`6: ${60 + 5 / 60}..92`),
    );
    expect(book.tellSpans().at(-1)).toBe("10: 60.15..96");
  });

  test("a span begins with the last word or the start, and ends with the first word, the shift or another guard", () => {
    const book = openBook();
    const due = (values: Partial<WatchedShift>) => ({ ...expected, startAt: minute(62), ...values });
    const others = silentSince(60, 10, 1);
    const ends = present(60, { endAt: minute(80) });
    book.judge(76, [...others, post(due({}), 20), post(ends, 21), post(present(60), 22)]);
    expect(book.tellSpans().slice(-3)).toEqual(["20: 62..", "21: 60..", "22: 60.."]);
    const taken = post(
      present(60, { arrivedAt: null, presence: { last: null, leftAt: null }, assignedAt: minute(81) }),
      22,
      99,
    );
    book.judge(82, [...others, post(due({ arrivedAt: minute(79) }), 20), post(ends, 21), taken]);
    expect(book.tellSpans().slice(10)).toEqual(["20: 62..79", "21: 60..80", "22: 60..81", "22: 81.."]);
  });

  test("single alarms that were raised before it was seen to be one go up in it", () => {
    const book = openBook();
    expect(book.judge(75.5, [...silentSince(60, 1, 1), ...silentSince(61, 9, 2)])).toEqual(["began stale"]);
    expect(book.judge(77, [...silentSince(60, 1, 1), ...silentSince(61, 9, 2)])).toEqual([
      "ended stale",
      "began outage",
    ]);
    expect(book.list()[0]?.ending).toBe("outage");
  });

  test("40 of 400 at once are one outage", () => {
    const book = openBook();
    const others = Array.from({ length: 360 }, (_, index) => post(present(76), 1000 + index, 1000 + index));
    expect(book.judge(77, [...silentSince(60, 40, 1), ...others])).toEqual(["began outage"]);
  });

  test.each([
    ["4 of 6", silentSince(60, 4, 1).concat(silentSince(75, 2, 50)), 4],
    ["all of a fleet of 3", silentSince(60, 3, 1), 3],
    ["39 of 400", silentSince(60, 39, 1).concat(calmPosts(361)), 39],
    [
      "39 of 400 over ten minutes",
      Array.from({ length: 39 }, (_, index) => post(present(50 + index / 3.9), index + 1, index + 1)).concat(
        calmPosts(361),
      ),
      39,
    ],
    [
      "36 of 100 over ten minutes",
      Array.from({ length: 36 }, (_, index) => post(present(50 + index / 3.6), index + 1, index + 1)).concat(
        calmPosts(64),
      ),
      36,
    ],
  ])("%s are single alarms", (_, posts, alarms) => {
    expect(openBook().judge(76.5, posts)).toEqual(Array(alarms).fill("began stale"));
  });
});

function calmPosts(count: number): WatchedPost[] {
  return Array.from({ length: count }, (_, index) => post(present(75), 5000 + index, 5000 + index));
}

const shiftAt = (at: number): fc.Arbitrary<WatchedPost> =>
  fc
    .record({
      shiftId: fc.integer({ min: 1, max: 3 }),
      guardId: fc.constantFrom(70, 71, null),
      arrived: fc.boolean(),
      silence: fc.nat(40),
      leftFor: fc.option(fc.nat(20), { nil: null, freq: 3 }),
      assignedFor: fc.option(fc.nat(90), { nil: null }),
      incidentFor: fc.option(fc.nat(30), { nil: null, freq: 4 }),
    })
    .map(({ shiftId, guardId, arrived, silence, leftFor, assignedFor, incidentFor }) => ({
      shiftId,
      guardId,
      shift: {
        ...expected,
        isAssigned: guardId !== null,
        assignedAt: guardId !== null && assignedFor !== null ? minute(at - assignedFor) : null,
        arrivedAt: arrived ? minute(Math.min(at, 4)) : null,
        presence: {
          last: arrived ? seen(at - silence, leftFor === null ? "inside" : "outside") : null,
          leftAt: leftFor === null ? null : minute(at - leftFor),
        },
        openIncidentAt: incidentFor === null ? null : minute(at - incidentFor),
      },
    }));

const days = fc
  .array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 40 })
  .map((steps) => steps.reduce<number[]>((ats, step) => ats.concat((ats.at(-1) ?? -70) + step), []))
  .chain((ats) =>
    fc.tuple(
      ...ats.map((at) =>
        fc.record({ at: fc.constant(at), posts: fc.uniqueArray(shiftAt(at), { selector: ({ shiftId }) => shiftId }) }),
      ),
    ),
  );

test("whatever happens, episodes of one shift and cause never overlap, and what is open is what is wrong", () => {
  fc.assert(
    fc.property(days, (beats) => {
      const book = openBook();
      for (const { at, posts } of beats) {
        book.judge(at, posts);
        expect(book.judge(at, posts)).toEqual([]);
        const open = book.listOpen();
        const key = (one: { shiftId: number | null; kind: Episode["kind"] }) => `${one.shiftId} ${one.kind}`;
        const { conditions } = findTrouble(posts, { standing: book.outage(), asOf: minute(at) });
        expect(open.map(key).sort()).toEqual(conditions.map(key).sort());
      }
      const matterOf = ({ shiftId, kind }: Episode) => `${shiftId} ${causeOf(kind)}`;
      for (const matter of new Set(book.list().map(matterOf))) {
        const inTime = book.list().filter((episode) => matterOf(episode) === matter);
        for (const [index, { beganAt, endedAt }] of inTime.entries()) {
          expect(+(endedAt ?? Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(+beganAt);
          const next = inTime[index + 1];
          if (next) expect(+next.beganAt).toBeGreaterThanOrEqual(+(endedAt as Date));
        }
      }
    }),
    { numRuns: 500 },
  );
});

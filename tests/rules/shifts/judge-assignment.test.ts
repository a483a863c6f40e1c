import { describe, expect, test } from "vitest";

import type { GuardFacts, ShiftFacts } from "../../../db/rules/shifts/assignment-facts";
import { type AssignmentRule, assignmentRules, employments, worstOf } from "../../../db/rules/shifts/assignment-rules";
import { unitOf } from "../../../db/rules/shifts/judge-assignment";
import {
  dam,
  defaults,
  gaveBack,
  guard,
  judge,
  local,
  other,
  planned,
  rotterdam,
  rulesAgainst,
  shift,
} from "./assignment-case";

type Row = [what: string, rules: AssignmentRule[], changes: Partial<GuardFacts>, of?: ShiftFacts];

const end = shift.endAt;
const sooner = new Date(+end - 1);
const pass = guard.pass;

const cases: Row[] = [
  ["a guard whom nothing stops", [], {}],

  [
    "a shift that ends as this one begins is no overlap",
    ["rest"],
    { others: [other("2026-11-24 06:00", "2026-11-24 14:00", { point: dam })] },
  ],
  ["one that lasts a minute longer is", ["overlap"], { others: [other("2026-11-24 06:00", "2026-11-24 14:01")] }],
  [
    "one that begins as this one ends is none",
    ["rest"],
    { others: [other("2026-11-24 22:00", "2026-11-25 06:00", { point: dam })] },
  ],
  ["one that begins a minute sooner is", ["overlap"], { others: [other("2026-11-24 21:59", "2026-11-25 06:00")] }],
  ["one around it is", ["overlap"], { others: [other("2026-11-24 13:00", "2026-11-24 23:00")] }],
  [
    "a completed one is over, but its hours leave no rest",
    ["rest"],
    { others: [other("2026-11-24 06:00", "2026-11-24 14:30", { isCompleted: true, point: dam })] },
  ],
  [
    "two at once are two reasons",
    ["overlap", "overlap"],
    {
      others: [
        other("2026-11-24 12:00", "2026-11-24 16:00"),
        other("2026-11-24 20:00", "2026-11-24 23:00", { shiftId: 9 }),
      ],
    },
  ],

  ["a VCA that ends with the shift covers it", [], { vca: { isGiven: true, validUntil: end } }],
  ["one that ends a moment before does not", ["vca"], { vca: { isGiven: true, validUntil: sooner } }],
  ["one without an end that can be read does not", ["vca"], { vca: { isGiven: true, validUntil: null } }],
  ["none does not", ["vca"], { vca: { isGiven: false, validUntil: null } }],

  ["a pass that ends with the shift covers it", [], { pass: { ...pass, validUntil: end } }],
  ["one that ends a moment before does not", ["guard-pass"], { pass: { ...pass, validUntil: sooner } }],
  ["one without an end does not", ["guard-pass"], { pass: { ...pass, validUntil: null } }],
  ["none does not", ["guard-pass"], { pass: { colour: null, validUntil: null, restriction: null } }],

  ["an employee of the shift's company", [], { employment: "employee" }],
  ["one of another company", ["employer"], { employment: "employee", employer: { id: 2, name: "Wacht" } }],
  ["one of nobody on record", ["employer"], { employment: "employee", employer: null }],
  ["a self-employed guard at the desk of another company", [], { employer: { id: 2, name: "Wacht" } }],

  ["an orange pass is not for an object", ["pass-colour"], { pass: { ...pass, colour: "orange" } }],
  ["it is for an event", [], { pass: { ...pass, colour: "orange" } }, { ...shift, post: "Event security" }],
  ["a green pass is for training", ["pass-colour"], { pass: { ...pass, colour: "green" } }],
  [
    "a yellow pass is for investigators",
    ["pass-colour"],
    { pass: { ...pass, colour: "yellow" } },
    { ...shift, post: "Event security" },
  ],
  ["a blue pass names its tasks", ["pass-colour"], { pass: { ...pass, colour: "blue" } }],

  ["events only, on an object", ["pass-restriction"], { pass: { ...pass, restriction: "events only" } }],
  [
    "events only, on an event",
    [],
    { pass: { ...pass, restriction: " Events only" } },
    { ...shift, post: "Event security" },
  ],
  ["not on night duty, by day", [], { pass: { ...pass, restriction: "not on night duty" } }],
  [
    "until midnight",
    [],
    { pass: { ...pass, restriction: "not on night duty" } },
    planned("2026-11-24 16:00", "2026-11-25 00:00"),
  ],
  [
    "a minute past midnight",
    ["pass-restriction"],
    { pass: { ...pass, restriction: "not on night duty" } },
    planned("2026-11-24 16:00", "2026-11-25 00:01"),
  ],
  [
    "from six in the morning",
    [],
    { pass: { ...pass, restriction: "not on night duty" } },
    planned("2026-11-24 06:00", "2026-11-24 14:00"),
  ],
  [
    "a minute before six",
    ["pass-restriction"],
    { pass: { ...pass, restriction: "not on night duty" } },
    planned("2026-11-24 05:59", "2026-11-24 14:00"),
  ],
  [
    "a restriction that nobody can read stands against each shift",
    ["pass-restriction"],
    { pass: { ...pass, restriction: "not at airports" } },
  ],

  ["eleven hours of rest before", [], { others: [other("2026-11-23 19:00", "2026-11-24 03:00")] }],
  ["a minute less", ["rest"], { others: [other("2026-11-23 19:00", "2026-11-24 03:01")] }],
  ["eleven hours of rest after", [], { others: [other("2026-11-25 09:00", "2026-11-25 17:00")] }],
  ["a minute less after", ["rest"], { others: [other("2026-11-25 08:59", "2026-11-25 17:00")] }],
  [
    "too little on both sides",
    ["rest", "rest"],
    {
      others: [
        other("2026-11-23 19:00", "2026-11-24 05:00"),
        other("2026-11-25 07:00", "2026-11-25 12:00", { shiftId: 9 }),
      ],
    },
  ],

  ["a shift of twelve hours", [], {}, planned("2026-11-24 07:00", "2026-11-24 19:00")],
  ["a minute more", ["shift-length"], {}, planned("2026-11-24 07:00", "2026-11-24 19:01")],

  [
    "sick on a shift that ended a day before",
    ["unavailable"],
    { callOffs: [gaveBack("2026-11-23 06:00", "2026-11-23 14:00")] },
  ],
  ["a minute longer ago", [], { callOffs: [gaveBack("2026-11-23 06:00", "2026-11-23 13:59")] }],
  [
    "sick on one that begins a day after",
    ["unavailable"],
    { callOffs: [gaveBack("2026-11-25 22:00", "2026-11-26 06:00")] },
  ],
  ["a minute later", [], { callOffs: [gaveBack("2026-11-25 22:01", "2026-11-26 06:00")] }],
  [
    "gave this very shift back",
    ["unavailable"],
    { callOffs: [gaveBack("2026-11-24 14:00", "2026-11-24 22:00", { shiftId: 1, reason: "late cancellation" })] },
  ],

  ["asks what the shift pays", [], { hourlyRate: 30 }],
  ["asks a cent more", ["rate"], { hourlyRate: 30.01 }],
  ["asks no rate on record", ["rate"], { hourlyRate: null }],
];

describe("what speaks against a guard", () => {
  test.each(cases)("%s", (_what, rules, changes, of = shift) => {
    expect(rulesAgainst(judge(changes, { of }).reasons)).toEqual(rules);
  });

  test("every rule has a case for it", () => {
    const tried = new Set(cases.flatMap(([, rules]) => rules));
    expect(assignmentRules.filter((rule) => !tried.has(rule))).toEqual(["week", "travel"]); // below
  });
});

describe("arriving in time", () => {
  const ahead = (minutes: number) => new Date(+shift.startAt - minutes * 60_000);
  test.each<[string, AssignmentRule[], Partial<GuardFacts>, Date, ShiftFacts?]>([
    ["who lives twenty minutes away leaves twenty minutes before", [], {}, ahead(20)],
    ["and is late a minute after that", ["travel"], {}, ahead(19)],
    ["nobody is in time for a shift that has begun", ["travel"], {}, ahead(-30)],
    ["what is over asks nobody to travel", [], {}, ahead(-600)],
    [
      "who is at work leaves from there",
      ["rest", "travel"],
      { others: [other("2026-11-24 06:00", "2026-11-24 13:30", { point: rotterdam })] },
      ahead(60),
    ],
    [
      "and has the time for a post nearby",
      ["rest"],
      { others: [other("2026-11-24 06:00", "2026-11-24 13:30")] },
      ahead(60),
    ],
    [
      "none is needed on the same site",
      ["rest"],
      { others: [other("2026-11-24 06:00", "2026-11-24 14:00", { point: dam })] },
      ahead(60),
    ],
    [
      "who has ended leaves from home",
      ["rest"],
      { others: [other("2026-11-24 06:00", "2026-11-24 13:00", { point: rotterdam })] },
      ahead(40),
    ],
    [
      "the shift after is too far",
      ["rest", "travel"],
      { others: [other("2026-11-24 22:30", "2026-11-25 02:00", { point: rotterdam })] },
      ahead(600),
    ],
    ["the shift after is near", ["rest"], { others: [other("2026-11-24 22:30", "2026-11-25 02:00")] }, ahead(600)],
    ["no home on record is not known", ["travel"], { travelSeconds: null }, ahead(600)],
  ])("%s", (_what, rules, changes, asOf, of = shift) => {
    expect(rulesAgainst(judge(changes, { of, asOf }).reasons)).toEqual(rules);
  });

  test("that nobody is in time for a shift that has begun is only to know", () => {
    const severityOf = (asOf: Date) => judge({}, { asOf }).reasons.find(({ rule }) => rule === "travel")?.severity;
    expect([severityOf(ahead(1)), severityOf(ahead(0))]).toEqual(["warn", "info"]);
  });

  test("what is not known is only to know", () => {
    const { reasons } = judge({ travelSeconds: null, hourlyRate: null });
    expect(reasons.map(({ rule, severity, mayOverride }) => [rule, severity, mayOverride])).toEqual([
      ["travel", "info", []],
      ["rate", "info", []],
    ]);
  });
});

describe("who may assign in spite of it", () => {
  const others = [other("2026-11-23 19:00", "2026-11-24 05:20")];

  test("a short rest blocks an employee, whom a manager may send, and warns of a self-employed guard", () => {
    const [employee, zzp] = (["employee", "zzp"] as const).map(
      (employment) => judge({ employment, others }).reasons[0],
    );
    expect(employee).toEqual({
      rule: "rest",
      severity: "block",
      sentence: "Rest of 8 h 40 min before, 11 h needed: shift 7 before it ends Tue 24 Nov 05:20 at Zuidas.",
      change: "2 h 20 min more between the two, or somebody else on shift 7.",
      measured: (8 * 60 + 40) / 60,
      limit: 11,
      mayOverride: ["manager", "admin"],
    });
    expect(zzp).toMatchObject({ severity: "warn", mayOverride: ["ops", "support", "manager", "admin"] });
  });

  test("nobody may where the database refuses, whatever the rows say", () => {
    const against: Partial<GuardFacts> = {
      vca: { isGiven: false, validUntil: null },
      pass: { colour: null, validUntil: null, restriction: null },
      others: [other("2026-11-24 12:00", "2026-11-24 16:00")],
    };
    for (const employment of employments) {
      for (const rules of [defaults, []]) {
        const { reasons } = judge({ ...against, employment }, { rules });
        expect(reasons.map(({ rule, severity, mayOverride }) => [rule, severity, mayOverride])).toEqual([
          ["overlap", "block", []],
          ["vca", "block", []],
          ["guard-pass", "block", []],
        ]);
      }
    }
  });

  test("a rule that no row holds is not asked, and a limit is the row's", () => {
    const strict = defaults.map((row) => (row.rule === "rest" ? { ...row, limit: 8.5 } : row));
    expect(judge({ others }, { rules: [] }).reasons).toEqual([]);
    expect(judge({ others }, { rules: strict }).reasons).toEqual([]);
    expect(unitOf("rest")).toBe("hours");
    expect(unitOf("vca")).toBeNull();
  });

  test("the gravest is told", () => {
    expect(worstOf(judge({}).reasons)).toBeNull();
    expect(worstOf(judge({ hourlyRate: null }).reasons)).toBe("info");
    expect(worstOf(judge({ hourlyRate: 31 }).reasons)).toBe("warn");
    expect(worstOf(judge({ hourlyRate: 31, vca: { isGiven: false, validUntil: null } }).reasons)).toBe("block");
  });

  test("all is told, not the first alone", () => {
    const { reasons } = judge({
      vca: { isGiven: true, validUntil: local("2026-11-24 00:00") },
      hourlyRate: 40,
      others: [...others, other("2026-11-24 12:00", "2026-11-24 16:00", { shiftId: 9 })],
    });
    expect(reasons.map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([
      "overlap: Has shift 9 at Zuidas at that time: Tue 24 Nov 12:00 to Tue 24 Nov 16:00.",
      "vca: The VCA certificate ends Tue 24 Nov 2026 00:00, before the shift does (Tue 24 Nov 2026 22:00).",
      "rest: Rest of 8 h 40 min before, 11 h needed: shift 7 before it ends Tue 24 Nov 05:20 at Zuidas.",
      "rate: Asks € 40.00 an hour, € 10.00 more than the shift pays (€ 30.00).",
    ]);
  });
});

import type { CaseKind, Notice } from "./counts";
import type { CancelledBy, LeftOut } from "./facts";
import type { ShareId } from "./judge-counts";

export type MetricId = ShareId | CaseKind;

export type Definition = {
  id: MetricId;
  title: string;
  /** A share of `unit`, or durations of `unit`, told as P50 and P90. */
  measure: "share" | "seconds";
  /** What is counted, plural. Of coverage it is time. */
  unit: string;
  definition: string;
  /** A sentence each: what a reader might expect otherwise. */
  edgeCases: readonly string[];
  isLowerBetter: boolean;
  /** Shifts that it does not count. */
  leavesOut: readonly LeftOut[];
};

const uncounted: readonly LeftOut[] = ["draft", "unpublished", "withdrawn", "unobserved"];

/** Every metric in the order of the room's pages, in the words that stand beside its numbers. */
export const definitions: readonly Definition[] = [
  {
    id: "fill-rate",
    title: "Fill rate",
    measure: "share",
    unit: "slots",
    definition: "Slots with an accepted assignment at the start, of all slots of counted shifts.",
    edgeCases: [
      "A shift that was cancelled for lack of a guard is unfilled, whoever had accepted it before.",
      "Who held the slot until the client withdrew it, less than 24 hours before the start, had filled it.",
      "A guard who gave it back before the start leaves it unfilled, unless another accepted by then.",
      "A shift for several guards counts once for each slot, and each guard once.",
    ],
    isLowerBetter: false,
    leavesOut: uncounted,
  },
  {
    id: "on-time",
    title: "On-time check-in",
    measure: "share",
    unit: "assignments due",
    definition:
      "First check-in on arrival from 60 minutes before the start to 5 minutes after it, verdict not outside, of assignments due.",
    edgeCases: [
      "Due is who held the slot at the start. Who was released before it, or took over after it, is not.",
      "A check-in outside the fence is no arrival; the next one that is not outside is.",
      "Where the only check-in in time is uncertain it counts, and the range says what it would be without.",
      "The time is that of the guard's device, but never later than the server heard of it.",
      "Nobody is judged before 30 minutes after the start, nor for a shift that was cancelled before it.",
    ],
    isLowerBetter: false,
    leavesOut: uncounted,
  },
  {
    id: "no-show",
    title: "No-show",
    measure: "share",
    unit: "assignments due",
    definition: "No valid check-in on arrival by 30 minutes after the start, of assignments due.",
    edgeCases: [
      "Who was released before the start is not due.",
      "Who arrived later than that is a no-show, and a late one in “Late on arrival”.",
      "Where the only check-in by then is uncertain it is no no-show; the range says what it would be if it were.",
    ],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
  {
    id: "coverage",
    title: "Coverage",
    measure: "share",
    unit: "planned time",
    definition: "Time for which a guard was confirmed at the post, of the planned time of all slots.",
    edgeCases: [
      "A position inside the fence confirms 15 minutes, at most until the next one. Beyond them, and after an uncertain one, presence is assumed: the range says so.",
      "What an outage of the platform hid is unobserved, within the range, and is not left out.",
      "Nothing counts after a sign-off until the guard is seen again, nor after the guard had left the post.",
      "Two guards who hand over one slot cover it once. A shift that the client withdrew late is planned until then.",
      "It is time and no sample, so chance has no interval.",
    ],
    isLowerBetter: false,
    leavesOut: ["draft", "unpublished", "withdrawn"],
  },
  {
    id: "in-geofence",
    title: "In geofence",
    measure: "share",
    unit: "check-ins",
    definition: "Check-ins inside the fence, of those inside or outside it, during the shift.",
    edgeCases: [
      "Inside: the circle of accuracy lies within the fence; outside: beyond it. All others are uncertain and count as neither.",
      "The range puts every uncertain check-in on one side, then on the other.",
    ],
    isLowerBetter: false,
    leavesOut: uncounted,
  },
  {
    id: "cancelled",
    title: "Cancelled",
    measure: "share",
    unit: "published shifts",
    definition: "Shifts that were cancelled, by whom and how long before the start, of all that were published.",
    edgeCases: [
      "Those that the client withdrew 24 hours or more before the start count here, and so do unobserved ones.",
      "A guard who gave back a shift that another then took is no cancellation.",
      "Who cancelled follows from the reason; without one that says so it is unknown.",
    ],
    isLowerBetter: true,
    leavesOut: ["draft", "unpublished"],
  },
  {
    id: "fill",
    title: "Time to fill",
    measure: "seconds",
    unit: "shifts",
    definition: "From the publication of a shift to the first acceptance.",
    edgeCases: [
      "A shift that nobody accepted never came to it: it is infinitely long, and not dropped.",
      "Where publication or acceptance is not on record there is no case.",
    ],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
  {
    id: "late",
    title: "Late on arrival",
    measure: "seconds",
    unit: "assignments due",
    definition: "From the start to the first valid check-in of the guard, of all assignments due.",
    edgeCases: ["Who came before the start is 0 late.", "Who never came is infinitely late, and not dropped."],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
  {
    id: "acknowledge",
    title: "Incident acknowledged",
    measure: "seconds",
    unit: "incidents",
    definition: "From the report of an incident to its acknowledgement.",
    edgeCases: ["One that nobody acknowledged is infinitely long."],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
  {
    id: "on-scene",
    title: "On scene",
    measure: "seconds",
    unit: "incidents",
    definition: "From the report of an incident to the arrival on scene.",
    edgeCases: ["One to which nobody came is infinitely long."],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
  {
    id: "refill",
    title: "Reassigned",
    measure: "seconds",
    unit: "needs of another guard",
    definition: "From a call-off, a no-show's removal or another release to the acceptance of the next guard.",
    edgeCases: [
      "A need that nobody filled is infinitely long.",
      "A release because the client withdrew the shift is no need. Each replacement fills one.",
    ],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
  {
    id: "arrive",
    title: "Replacement there",
    measure: "seconds",
    unit: "needs of another guard",
    definition: "From a call-off, a no-show's removal or another release to the valid check-in of the next guard.",
    edgeCases: ["A need that nobody filled, and one whose replacement never came, is infinitely long."],
    isLowerBetter: true,
    leavesOut: uncounted,
  },
];

export function definitionOf(id: MetricId): Definition {
  return definitions.find((one) => one.id === id) as Definition;
}

export function isMetricId(text: string): text is MetricId {
  return definitions.some(({ id }) => id === text);
}

/** What every metric counts; coverage and cancelled say where they differ. */
export const countedSet =
  "Counted are shifts that were published, by the local date of their start; not drafts, not those that the client withdrew 24 hours or more before the start, and not those that an outage of the platform hid.";

/** Why a shift is left out, to stand after a number of shifts. */
export const leftOutWords: Record<LeftOut, string> = {
  draft: "in draft",
  unpublished: "never published",
  withdrawn: "withdrawn by the client in time",
  unobserved: "hidden by an outage",
};

export const partyWords: Record<CancelledBy, string> = {
  client: "Client",
  guard: "Guard",
  platform: "Platform",
  unknown: "Unknown",
};

export const noticeWords: Record<Notice, string> = {
  long: "more than 24 h",
  short: "24 to 2 h",
  "last-minute": "less than 2 h",
};

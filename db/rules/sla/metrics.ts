export type MetricId = "fill-rate" | "on-time" | "no-show" | "in-geofence";

export type Metric = {
  id: MetricId;
  title: string;
  /** What is counted, plural. */
  unit: string;
  definition: string;
  /** Hits are what nobody wants. */
  isLowerBetter: boolean;
};

/** The metrics in the order of the page, with the words that stand beside their numbers. */
export const metrics: readonly Metric[] = [
  {
    id: "fill-rate",
    title: "Fill rate",
    unit: "slots",
    definition:
      "Slots with an accepted assignment at the start, of all slots of counted shifts. One that was cancelled for lack of a guard is unfilled.",
    isLowerBetter: false,
  },
  {
    id: "on-time",
    title: "On-time check-in",
    unit: "assignments due",
    definition:
      "First check-in on arrival from 60 minutes before the start to 5 minutes after it, verdict not outside, of assignments due.",
    isLowerBetter: false,
  },
  {
    id: "no-show",
    title: "No-show",
    unit: "assignments due",
    definition:
      "No valid check-in on arrival by 30 minutes after the start, of assignments due; not those released before the start.",
    isLowerBetter: true,
  },
  {
    id: "in-geofence",
    title: "In geofence",
    unit: "check-ins",
    definition: "Check-ins inside, of those inside or outside, during the shift. Uncertain ones count as neither.",
    isLowerBetter: false,
  },
];

/** What every metric counts. */
export const countedSet =
  "Counted are shifts that were published, by the local date of their start; not drafts, and not those that the client withdrew 24 hours or more before the start.";

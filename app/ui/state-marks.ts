import type { ShiftState } from "../../db/rules/live/shift-states";

export const shiftStateNames: Record<ShiftState, string> = {
  incident: "Incident",
  "no-show": "No-show",
  unfilled: "Unfilled",
  outside: "Outside",
  late: "Late",
  stale: "Stale",
  unobserved: "Unobserved",
  uncertain: "Uncertain",
  "at-risk": "At risk",
  "on-post": "On post",
  upcoming: "Upcoming",
  completed: "Completed",
};

/** A colour of a mark: the name of its CSS variable, `--mark-<name>`, or white. */
export type MarkColour = "vermillion" | "orange" | "grey" | "sky" | "purple" | "blue" | "outline" | "white";

/** One stroke of a mark, in a square of 16 × 16. */
export type MarkPath = {
  d: string;
  fill?: MarkColour;
  stroke?: MarkColour;
  strokeWidth?: number;
  dash?: readonly [drawn: number, left: number];
  isRound?: boolean;
};

const edge = { stroke: "outline", strokeWidth: 0.75, isRound: true } as const;

function disc(radius: number, x = 8, y = 8): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0Z`;
}

/** The marks of the map and the list, drawn from one definition: shape and colour each tell the state alone. */
export const markPaths: Record<ShiftState, readonly MarkPath[]> = {
  incident: [
    {
      d: "m8 .8 2.1 4.7 5.1.5-3.85 3.4 1.15 5L8 11.75 3.5 14.4l1.15-5L.8 6l5.1-.5Z",
      fill: "vermillion",
      ...edge,
    },
  ],
  "no-show": [
    { d: "M8 .9 15.1 8 8 15.1.9 8Z", fill: "vermillion", ...edge },
    { d: "M8 4.6v4", stroke: "white", strokeWidth: 1.8, isRound: true },
    { d: disc(1.05, 8, 11.2), fill: "white" },
  ],
  unfilled: [{ d: "M8 1.5 14.5 8 8 14.5 1.5 8Z", stroke: "vermillion", strokeWidth: 1.8, dash: [2.6, 1.5] }],
  outside: [{ d: "M8 1.4 15.2 14.2H.8Z", fill: "orange", ...edge }],
  late: [
    { d: "M8 2.2a5.8 5.8 0 0 1 0 11.6Z", fill: "orange" },
    { d: disc(5.8), stroke: "orange", strokeWidth: 1.8 },
    { d: disc(6.9), ...edge },
  ],
  stale: [{ d: disc(5.8), stroke: "grey", strokeWidth: 1.8 }],
  unobserved: [{ d: `${disc(5.8)}M4 12l8-8`, stroke: "grey", strokeWidth: 1.8 }],
  uncertain: [{ d: disc(5.8), stroke: "sky", strokeWidth: 2.2, dash: [0.1, 3.54], isRound: true }],
  "at-risk": [{ d: "M2.2 2.2h11.6v11.6H2.2Z", stroke: "purple", strokeWidth: 2, isRound: true }],
  "on-post": [{ d: disc(6), fill: "blue" }],
  upcoming: [{ d: disc(3.2), fill: "grey" }],
  completed: [{ d: "m3.2 8.4 3.3 3.3 6.4-7", stroke: "grey", strokeWidth: 2, isRound: true }],
};

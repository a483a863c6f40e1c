export const shiftStates = [
  "incident",
  "no-show",
  "unfilled",
  "outside",
  "late",
  "stale",
  "uncertain",
  "at-risk",
  "on-post",
  "upcoming",
  "completed",
] as const;

/** The live state of a shift, worst first. */
export type ShiftState = (typeof shiftStates)[number];

export const shiftStateNames: Record<ShiftState, string> = {
  incident: "Incident",
  "no-show": "No-show",
  unfilled: "Unfilled",
  outside: "Outside",
  late: "Late",
  stale: "Stale",
  uncertain: "Uncertain",
  "at-risk": "At risk",
  "on-post": "On post",
  upcoming: "Upcoming",
  completed: "Completed",
};

const edge = { stroke: "var(--mark-outline)", strokeWidth: 0.75, strokeLinejoin: "round" } as const;

/** One mark of the map's legend: its shape and its colour each tell the state alone. */
export function StateMark({ state, isNamed = false }: { state: ShiftState; isNamed?: boolean }) {
  const name = shiftStateNames[state];
  return (
    <svg
      viewBox="0 0 16 16"
      className="size-4 shrink-0"
      fill="none"
      role="img"
      aria-label={name}
      aria-hidden={isNamed ? undefined : true}
    >
      {shapes[state]}
    </svg>
  );
}

/** The mark with its name. */
export function StateLabel({ state }: { state: ShiftState }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateMark state={state} />
      {shiftStateNames[state]}
    </span>
  );
}

const shapes: Record<ShiftState, JSX.Element> = {
  incident: (
    <path
      d="m8 .8 2.1 4.7 5.1.5-3.85 3.4 1.15 5L8 11.75 3.5 14.4l1.15-5L.8 6l5.1-.5Z"
      fill="var(--mark-vermillion)"
      {...edge}
    />
  ),
  "no-show": (
    <>
      <path d="M8 .9 15.1 8 8 15.1.9 8Z" fill="var(--mark-vermillion)" {...edge} />
      <path d="M8 4.6v4" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
      <circle cx="8" cy="11.2" r="1.05" fill="#fff" />
    </>
  ),
  unfilled: (
    <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" stroke="var(--mark-vermillion)" strokeWidth="1.8" strokeDasharray="2.6 1.5" />
  ),
  outside: <path d="M8 1.4 15.2 14.2H.8Z" fill="var(--mark-orange)" {...edge} />,
  late: (
    <>
      <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6Z" fill="var(--mark-orange)" />
      <circle cx="8" cy="8" r="5.8" stroke="var(--mark-orange)" strokeWidth="1.8" />
      <circle cx="8" cy="8" r="6.9" {...edge} />
    </>
  ),
  stale: <circle cx="8" cy="8" r="5.8" stroke="var(--mark-grey)" strokeWidth="1.8" />,
  uncertain: (
    <circle
      cx="8"
      cy="8"
      r="5.8"
      stroke="var(--mark-sky)"
      strokeWidth="2.2"
      strokeDasharray="0.1 3.54"
      strokeLinecap="round"
    />
  ),
  "at-risk": <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1.5" stroke="var(--mark-purple)" strokeWidth="2" />,
  "on-post": <circle cx="8" cy="8" r="6" fill="var(--mark-blue)" />,
  upcoming: <circle cx="8" cy="8" r="3.2" fill="var(--mark-grey)" />,
  completed: (
    <path
      d="m3.2 8.4 3.3 3.3 6.4-7"
      stroke="var(--mark-grey)"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
};

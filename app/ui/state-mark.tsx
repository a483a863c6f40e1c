import type { ShiftState } from "../../db/rules/live/shift-states";
import { type MarkColour, markPaths, shiftStateNames } from "./state-marks";

/** One mark of the map's legend: its shape and its colour each tell the state alone. */
export function StateMark({ state, isNamed = false }: { state: ShiftState; isNamed?: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className="size-4 shrink-0"
      fill="none"
      role="img"
      aria-label={shiftStateNames[state]}
      aria-hidden={isNamed ? undefined : true}
    >
      {markPaths[state].map(({ d, fill, stroke, strokeWidth, dash, isRound }) => (
        <path
          key={d}
          d={d}
          fill={colour(fill)}
          stroke={colour(stroke)}
          strokeWidth={strokeWidth}
          strokeDasharray={dash?.join(" ")}
          strokeLinecap={isRound ? "round" : undefined}
          strokeLinejoin={isRound ? "round" : undefined}
        />
      ))}
    </svg>
  );
}

function colour(name: MarkColour | undefined): string | undefined {
  return name && (name === "white" ? "#fff" : `var(--mark-${name})`);
}

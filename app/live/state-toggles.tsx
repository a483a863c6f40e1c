import { clsx } from "clsx";

import { StateMark } from "~/ui/state-mark";
import { shiftStateNames } from "~/ui/state-marks";
import { type ShiftState, shiftStates } from "../../db/rules/live/shift-states";

/** The legend of the map, the counts of the board and its filter in one: a press shows only the pressed states. */
export function StateToggles({
  counts,
  pressed,
  onToggle,
}: {
  counts: ReadonlyMap<ShiftState, number>;
  pressed: ReadonlySet<ShiftState>;
  onToggle: (state: ShiftState) => void;
}) {
  return (
    <fieldset className="m-0 flex min-w-0 flex-wrap gap-1 border-0 p-0">
      <legend className="sr-only">Show only the shifts in these states</legend>
      {shiftStates.map((state) => {
        const count = counts.get(state) ?? 0;
        const isPressed = pressed.has(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={isPressed}
            onClick={() => onToggle(state)}
            className={clsx(
              "inline-flex h-7 items-center gap-1.5 rounded-md border px-1.5 text-xs max-md:h-9 max-md:px-2",
              isPressed ? "border-accent bg-accent-soft" : "border-line bg-surface hover:bg-hover",
            )}
          >
            <StateMark state={state} />
            <span className={count === 0 ? "text-faint" : undefined}>{shiftStateNames[state]}</span>
            <span className={clsx("min-w-3 text-right font-semibold", count === 0 && "font-normal text-faint")}>
              {count}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}

import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { memo } from "react";

import { formatAge, formatDistance } from "~/ui/format";
import { formatSpan } from "~/ui/format-instant";
import { StateMark } from "~/ui/state-mark";
import { shiftStateNames } from "~/ui/state-marks";
import type { ShiftState } from "../../db/rules/live/shift-states";
import { isBreached } from "../../db/rules/live/time-to-breach";
import type { JudgedShift } from "./board";
import { describeBreach } from "./describe-breach";

type RowText = {
  id: number;
  state: ShiftState;
  breach: string;
  guard: string | null;
  place: string;
  planned: string;
  lastCheckin: string;
};

/** What a row reads at `now`: text alone, so that a row which reads the same is not drawn again. */
export function describeRow(judged: JudgedShift, now: Date, distanceMeters: number | undefined): RowText {
  const { shift, state } = judged;
  const { location, presence } = shift;
  const silentSeconds = presence.last && (now.getTime() - presence.last.at.getTime()) / 1000;
  return {
    id: shift.id,
    state,
    breach: describeBreach(judged, now),
    guard: shift.guardName,
    place: [distanceMeters !== undefined && formatDistance(distanceMeters), location.name, location.city]
      .filter(Boolean)
      .join(" · "),
    planned: formatSpan(shift.startAt, shift.endAt, location.timeZone),
    lastCheckin:
      silentSeconds === null ? "no check-in" : silentSeconds < 60 ? "seen now" : `seen ${formatAge(silentSeconds)} ago`,
  };
}

export const ShiftRow = memo(function ShiftRow({
  id,
  state,
  breach,
  guard,
  place,
  planned,
  lastCheckin,
  to,
  isSelected,
  isGone,
  tabIndex,
}: RowText & {
  to: string;
  isSelected: boolean;
  /** The shift left the board while the order stands still. */
  isGone: boolean;
  tabIndex: number | undefined;
}) {
  return (
    <Link
      to={to}
      replace
      preventScrollReset
      tabIndex={tabIndex}
      data-row
      data-shift={id}
      data-state={state}
      data-gone={isGone || undefined}
      aria-current={isSelected || undefined}
      className={clsx(
        "grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 border-b border-line px-3 py-2 leading-[1.125rem] focus-visible:-outline-offset-2",
        isSelected ? "bg-accent-soft" : "hover:bg-hover",
        isGone && "text-muted line-through",
      )}
    >
      <span className={clsx("row-span-2 pt-px", isGone && "opacity-50 grayscale")}>
        <StateMark state={state} />
      </span>
      <span className={clsx("truncate font-medium", !guard && "text-muted italic")}>{guard ?? "Nobody assigned"}</span>
      <span className="text-right whitespace-nowrap">
        {isGone ? (
          <span className="inline-block">no longer on the board</span>
        ) : (
          <>
            <span className={clsx(isBreached(state) && "font-semibold")}>{shiftStateNames[state]}</span>
            {breach && <span className="text-muted"> · {breach}</span>}
          </>
        )}
      </span>
      <span className="truncate text-xs text-muted">{place}</span>
      <span className="text-right text-xs whitespace-nowrap text-muted">
        {planned}
        <span className="max-md:hidden"> · {lastCheckin}</span>
      </span>
    </Link>
  );
});

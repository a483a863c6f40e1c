import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import { memo } from "react";

import { formatAge } from "~/ui/format";
import { formatSpan } from "~/ui/format-instant";
import { StateMark } from "~/ui/state-mark";
import { rankOf, type ShiftState } from "../../db/rules/live/shift-states";
import type { JudgedShift } from "./board";
import { labelState } from "./describe-state";

type RowText = {
  id: number;
  state: ShiftState;
  label: string;
  guard: string | null;
  place: string;
  planned: string;
  lastCheckin: string;
};

/** What a row reads at `now`: text alone, so that a row which reads the same is not drawn again. */
export function describeRow(judged: JudgedShift, now: Date): RowText {
  const { shift, state } = judged;
  const { location, presence } = shift;
  const silentSeconds = presence.last && (now.getTime() - presence.last.at.getTime()) / 1000;
  return {
    id: shift.id,
    state,
    label: labelState(judged, now),
    guard: shift.guardName,
    place: `${location.name} · ${location.city}`,
    planned: formatSpan(shift.startAt, shift.endAt, location.timeZone),
    lastCheckin:
      silentSeconds === null ? "no check-in" : silentSeconds < 60 ? "seen now" : `seen ${formatAge(silentSeconds)} ago`,
  };
}

export const ShiftRow = memo(function ShiftRow({
  id,
  state,
  label,
  guard,
  place,
  planned,
  lastCheckin,
  to,
  isSelected,
}: RowText & { to: string; isSelected: boolean }) {
  const isAlarm = rankOf(state) <= rankOf("late");
  return (
    <li className="[contain-intrinsic-size:auto_3.25rem] [content-visibility:auto]">
      <Link
        to={to}
        replace
        preventScrollReset
        data-row
        data-shift={id}
        data-state={state}
        aria-current={isSelected || undefined}
        className={clsx(
          "grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 border-b border-line px-3 py-2 leading-[1.125rem] focus-visible:-outline-offset-2",
          isSelected ? "bg-accent-soft" : "hover:bg-hover",
        )}
      >
        <span className="row-span-2 pt-px">
          <StateMark state={state} />
        </span>
        <span className={clsx("truncate font-medium", !guard && "text-muted italic")}>
          {guard ?? "Nobody assigned"}
        </span>
        <span className={clsx("text-right whitespace-nowrap", isAlarm ? "font-semibold" : "text-muted")}>{label}</span>
        <span className="truncate text-xs text-muted">{place}</span>
        <span className="text-right text-xs whitespace-nowrap text-muted">
          {planned} · {lastCheckin}
        </span>
      </Link>
    </li>
  );
});

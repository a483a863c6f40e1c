import { Link } from "@remix-run/react";
import { clsx } from "clsx";
import type { ReactNode } from "react";

import { formatInstant } from "~/ui/format-instant";
import { isSnoozed } from "../../../db/rules/live/answer-alarm";
import { AlarmActions } from "./alarm-actions";
import { AlarmMark } from "./alarm-mark";
import { describeAlarm, describeAnswer, describeEnding, describeSpan, labelAlarm } from "./describe-alarm";
import type { FeedView } from "./feed-view";
import type { FeedAlarm } from "./sort-feed";

/** One alarm: what happened, to whom and where, since when, who has it, and what can be done. */
export function AlarmRow({ alarm, view }: { alarm: FeedAlarm; view: FeedView }) {
  const { now, you, mayRespond, selectedId, hrefOf } = view;
  const { shiftId, kind, guardName, endedAt, times, isAcknowledged, note, snoozedUntil } = alarm;
  const isOpen = endedAt === null;
  const isSelected = isOpen && shiftId !== null && shiftId === selectedId;
  const answer = describeAnswer(alarm, you.id);
  const facts = [
    alarm.locationName && `${alarm.locationName} · ${alarm.city}`,
    describeSpan(alarm),
    times > 1 && `${times} times`,
    answer,
  ].filter(Boolean);
  return (
    <li
      data-alarm={alarm.id}
      data-kind={kind}
      className={clsx(
        "relative grid grid-cols-[1rem_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 border-b border-line px-3 py-2 leading-[1.125rem]",
        isSelected ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <span className={clsx("row-span-4 pt-px", !isOpen && "opacity-50")}>
        <AlarmMark kind={kind} />
      </span>
      <RowLink to={hrefOf(alarm)} isSelected={isSelected} isLoud={isOpen && !isAcknowledged}>
        {guardName ?? (kind === "outage" ? "The platform" : "Nobody assigned")}
      </RowLink>
      <span
        className={clsx("text-right whitespace-nowrap", isOpen && !isAcknowledged ? "font-semibold" : "text-muted")}
      >
        {labelAlarm(alarm, now)}
      </span>
      <p className="col-span-2 col-start-2 text-xs text-muted">{facts.join(" · ")}</p>
      <div className="col-span-2 col-start-2 flex flex-wrap items-center gap-x-1 text-xs">
        <p className="mr-auto py-0.5">
          {describeEnding(alarm) ?? describeAlarm(alarm)}
          {isOpen && snoozedUntil && isSnoozed(alarm, now) && (
            <span className="text-muted">
              {" "}
              Sleeps until {formatInstant(snoozedUntil, { style: "minute" })}
              {note ? `: ${note}` : "."}
            </span>
          )}
        </p>
        {isOpen && mayRespond && <AlarmActions alarms={[alarm]} view={view} />}
      </div>
    </li>
  );
}

/** The row's link, which covers the row. */
function RowLink({
  to,
  isSelected,
  isLoud,
  children,
}: {
  to: string;
  isSelected: boolean;
  isLoud: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      to={to}
      preventScrollReset
      data-row
      aria-current={isSelected || undefined}
      className={clsx(
        "truncate",
        isLoud ? "font-semibold" : "font-medium",
        "after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent",
      )}
    >
      {children}
    </Link>
  );
}

import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { boardAddress } from "~/ui/board-address";
import { formatInstant } from "~/ui/format-instant";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import type { TimelineEvent } from "../../db/rules/shifts/timeline";

/** What happened, in time order. With `replay` the time of an event leads to the board as it was then. */
export function TimelineSection({
  events,
  zone,
  replay,
}: {
  events: TimelineEvent[];
  zone: string;
  replay?: { shiftId: number; asOf: Date };
}) {
  return (
    <Section
      title="What happened"
      note={`times in ${zone}${replay ? "; a time leads to the board as it was then" : ""}`}
    >
      <ol className="flex flex-col gap-2.5">
        {events.map(({ at, untilAt, subject, text }, position) => {
          const board = replay && boardAddress(at, replay);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is whole and never reordered.
            <li key={position} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
              <span className="w-36 shrink-0 text-xs text-muted tabular-nums">
                {board ? (
                  <Link to={board} className="underline decoration-line-strong hover:text-ink">
                    <Time at={at} zone={zone} style="stamp" />
                  </Link>
                ) : (
                  <Time at={at} zone={zone} style="stamp" />
                )}
              </span>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {text}
                {untilAt && (
                  <span className="text-muted"> until {formatInstant(untilAt, { zone, style: "minute" })}</span>
                )}
              </span>
              <Badge>{subject}</Badge>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

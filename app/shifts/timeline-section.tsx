import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { formatInstant } from "~/ui/format-instant";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import type { TimelineEvent } from "../../db/rules/shifts/timeline";

/** As far back as the live room travels. */
const travelDays = 14;

/** What happened, in time order. The time of an event leads to the board as it was then. */
export function TimelineSection({
  events,
  zone,
  shiftId,
  asOf,
}: {
  events: TimelineEvent[];
  zone: string;
  shiftId: number;
  asOf: Date;
}) {
  const oldest = +asOf - travelDays * 86_400_000;
  return (
    <Section title="What happened" note={`times in ${zone}; a time leads to the board as it was then`}>
      <ol className="flex flex-col gap-2.5">
        {events.map(({ at, untilAt, subject, text }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is whole and never reordered.
          <li key={position} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <span className="w-36 shrink-0 text-xs text-muted tabular-nums">
              {+at > oldest ? (
                <Link to={addressAt(at, shiftId)} className="underline decoration-line-strong hover:text-ink">
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
        ))}
      </ol>
    </Section>
  );
}

/** The second after the event, when the board shows it. */
function addressAt(at: Date, shiftId: number): string {
  const instant = new Date(Math.ceil(+at / 1000) * 1000).toISOString().replace(".000Z", "Z");
  return `/live?${new URLSearchParams({ at: instant, shift: String(shiftId) })}`;
}

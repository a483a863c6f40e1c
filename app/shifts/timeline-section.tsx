import { Badge } from "~/ui/badge";
import { formatInstant } from "~/ui/format-instant";
import { Section } from "~/ui/page";
import { Time } from "~/ui/time";
import type { TimelineEvent } from "../../db/rules/shifts/timeline";

/** What happened, in time order. */
export function TimelineSection({ events, zone }: { events: TimelineEvent[]; zone: string }) {
  return (
    <Section title="What happened" note={`times in ${zone}`}>
      <ol className="flex flex-col gap-3">
        {events.map(({ at, untilAt, subject, text }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is whole and never reordered.
          <li key={position} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <span className="w-40 shrink-0 text-xs text-muted tabular-nums">
              <Time at={at} zone={zone} style="stamp" />
            </span>
            <span className="min-w-0 flex-1">
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

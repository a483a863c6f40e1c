import { formatSeconds } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import type { ShiftRead } from "./read-shift.server";

type Span = ShiftRead["work"][number];

const looks: Record<Span["presence"], { label: string; colour: string; note: string }> = {
  inside: { label: "Inside", colour: "var(--mark-blue)", note: "seen on the post" },
  outside: { label: "Outside", colour: "var(--mark-orange)", note: "seen away from it" },
  unknown: { label: "Not known", colour: "var(--line-strong)", note: "the position proved nothing, or none came" },
};

/** What was planned against what the positions prove, on one line of time and in hours. */
export function WorkSection({
  shift: { startAt, endAt, location },
  work,
  readAt,
}: Pick<ShiftRead, "work" | "readAt"> & {
  shift: Pick<ShiftRead["shift"], "startAt" | "endAt"> & { location: { timeZone: string } };
}) {
  const clock = (at: Date) => formatInstant(at, { zone: location.timeZone, style: "minute" });
  const from = Math.min(+startAt, ...work.map(({ fromAt }) => +fromAt));
  const until = Math.max(+endAt, ...work.map(({ untilAt }) => +untilAt));
  const place = (at: Date) => (100 * (+at - from)) / (until - from);
  const seconds = (presence: Span["presence"]) =>
    work.reduce((sum, span) => sum + (span.presence === presence ? withinPlan(span, startAt, endAt) : 0), 0);
  return (
    <Section title="Planned and worked" note="within the planned time; a position counts until the next one">
      <svg
        viewBox="0 0 100 16"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Planned ${clock(startAt)} to ${clock(endAt)}`}
        className="mb-1 block h-6 w-full"
      >
        <rect x={place(startAt)} y="0" width={place(endAt) - place(startAt)} height="4" fill="var(--control)" />
        {work.map(({ fromAt, untilAt, presence }) => (
          <rect
            key={+fromAt}
            x={place(fromAt)}
            y={presence === "outside" ? 7 : 6}
            width={Math.max(0.2, place(untilAt) - place(fromAt))}
            height={presence === "inside" ? 10 : presence === "outside" ? 9 : 4}
            fill={looks[presence].colour}
          />
        ))}
        {readAt > startAt && readAt < endAt && (
          <rect x={place(readAt) - 0.15} y="0" width="0.3" height="16" fill="var(--ink)" />
        )}
      </svg>
      <p className="mb-3 flex justify-between gap-3 text-xs text-muted">
        <span>{clock(new Date(from))}</span>
        <span>{clock(new Date(until))}</span>
      </p>
      <KeyValue
        entries={[
          { label: "Planned", value: formatSeconds((+endAt - +startAt) / 1000) },
          ...(["inside", "outside", "unknown"] as const).map((presence) => ({
            label: looks[presence].label,
            value: formatSeconds(seconds(presence)),
            note: looks[presence].note,
          })),
        ]}
      />
    </Section>
  );
}

function withinPlan({ fromAt, untilAt }: Span, startAt: Date, endAt: Date): number {
  return Math.max(0, (Math.min(+untilAt, +endAt) - Math.max(+fromAt, +startAt)) / 1000);
}

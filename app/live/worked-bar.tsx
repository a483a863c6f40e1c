import { formatSeconds } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { WorkedSpan } from "../../db/rules/live/worked-spans";

const looks: Record<WorkedSpan["presence"], { label: string; background: string }> = {
  inside: { label: "inside", background: "var(--mark-blue)" },
  outside: {
    label: "outside",
    background: "repeating-linear-gradient(45deg, var(--mark-orange) 0 3px, var(--surface) 3px 5px)",
  },
  unknown: {
    label: "unknown",
    background: "repeating-linear-gradient(90deg, var(--mark-grey) 0 2px, transparent 2px 5px)",
  },
};
const presences = Object.keys(looks) as WorkedSpan["presence"][];

/** The planned span above what was worked of it, with a line at `now`. `worked` is null while it is not known. */
export function WorkedBar({
  startAt,
  endAt,
  worked,
  now,
  timeZone,
}: {
  startAt: Date;
  endAt: Date;
  worked: readonly WorkedSpan[] | null;
  now: Date;
  timeZone: string;
}) {
  const padding = 0.06 * (endAt.getTime() - startAt.getTime());
  const from = startAt.getTime() - padding;
  const length = endAt.getTime() + padding - from;
  const place = (at: Date) => Math.min(100, Math.max(0, (100 * (at.getTime() - from)) / length));
  const clock = (at: Date) => formatInstant(at, { zone: timeZone, style: "minute" });
  const secondsOf = (presence: WorkedSpan["presence"]) =>
    (worked ?? [])
      .filter((span) => span.presence === presence)
      .reduce((sum, { fromAt, untilAt }) => sum + (untilAt.getTime() - fromAt.getTime()) / 1000, 0);
  const told = presences.map((presence) => ({ presence, seconds: secondsOf(presence) }));
  const inWords = told.map(({ presence, seconds }) => `${formatSeconds(seconds)} ${looks[presence].label}`).join(", ");
  return (
    <figure className="m-0">
      <div
        role="img"
        aria-label={`Planned ${clock(startAt)} to ${clock(endAt)}; worked: ${worked ? inWords : "not known"}; now ${clock(now)}`}
        className="relative h-7"
      >
        <span
          className="absolute top-1 h-2 rounded-xs bg-line-strong"
          style={{ left: `${place(startAt)}%`, width: `${place(endAt) - place(startAt)}%` }}
        />
        {(worked ?? []).map(({ fromAt, untilAt, presence }) => (
          <span
            key={fromAt.getTime()}
            className="absolute top-3.5 h-2.5"
            style={{
              left: `${place(fromAt)}%`,
              width: `${Math.max(0.4, place(untilAt) - place(fromAt))}%`,
              background: looks[presence].background,
            }}
          />
        ))}
        <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `calc(${place(now)}% - 1px)` }} />
      </div>
      <figcaption className="flex flex-col gap-1 text-xs text-muted">
        <span className="flex justify-between gap-3">
          <span>{clock(startAt)}</span>
          <span>{clock(endAt)}</span>
        </span>
        <ul className="m-0 flex list-none flex-wrap gap-x-3 gap-y-0.5 p-0" aria-label="Planned and worked">
          <li className="flex items-center gap-1.5">
            <span aria-hidden="true" className="h-2 w-3.5 rounded-xs bg-line-strong" /> planned
          </li>
          {told.map(({ presence, seconds }) => (
            <li key={presence} className="flex items-center gap-1.5">
              <span aria-hidden="true" className="h-2.5 w-3.5" style={{ background: looks[presence].background }} />
              {looks[presence].label}
              {worked && seconds > 0 && ` ${formatSeconds(seconds)}`}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

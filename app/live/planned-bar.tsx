import { formatInstant } from "~/ui/format-instant";

/** The planned span with a line at `now`; darker from the arrival on, which says nothing of what happened since. */
export function PlannedBar({
  startAt,
  endAt,
  arrivedAt,
  now,
  timeZone,
}: {
  startAt: Date;
  endAt: Date;
  arrivedAt: Date | null;
  now: Date;
  timeZone: string;
}) {
  const padding = 0.06 * (endAt.getTime() - startAt.getTime());
  const from = startAt.getTime() - padding;
  const length = endAt.getTime() + padding - from;
  const place = (at: Date) => Math.min(100, Math.max(0, (100 * (at.getTime() - from)) / length));
  const clock = (at: Date) => formatInstant(at, { zone: timeZone, style: "minute" });
  const elapsedTo = Math.min(place(now), place(endAt));
  const arrived = arrivedAt ? `arrived ${clock(arrivedAt)}` : "nobody has arrived";
  return (
    <figure className="m-0">
      <svg
        viewBox="0 0 100 14"
        preserveAspectRatio="none"
        className="block h-5 w-full"
        role="img"
        aria-label={`Planned ${clock(startAt)} to ${clock(endAt)}, ${arrived}, now ${clock(now)}`}
      >
        <rect x={place(startAt)} y="3" width={place(endAt) - place(startAt)} height="8" fill="var(--line-strong)" />
        {arrivedAt && (
          <rect
            x={place(arrivedAt)}
            y="3"
            width={Math.max(0, elapsedTo - place(arrivedAt))}
            height="8"
            fill="var(--control)"
          />
        )}
        <rect x={place(now) - 0.3} y="0" width="0.6" height="14" fill="var(--ink)" />
      </svg>
      <figcaption className="mt-1 flex justify-between gap-3 text-xs text-muted">
        <span>{clock(startAt)}</span>
        <span>{arrived}</span>
        <span>{clock(endAt)}</span>
      </figcaption>
    </figure>
  );
}

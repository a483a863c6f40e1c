import { clsx } from "clsx";

import { SeverityMark } from "~/ui/badge";
import { formatAge } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { Freshness } from "./board-state";

const looks: Record<Freshness, string> = {
  fresh: "border-line text-muted",
  late: "border-transparent bg-warning-soft text-warning",
  lost: "border-transparent bg-critical-soft text-critical",
};

/** How long ago the server said that the board is what it is; once that is long, since when the board is old. */
export function AgeChip({ asOf, ageSeconds, freshness }: { asOf: Date; ageSeconds: number; freshness: Freshness }) {
  const time = formatInstant(asOf, { style: "second" });
  return (
    <p
      data-freshness={freshness}
      title={`As of ${time}`}
      className={clsx(
        "flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 text-xs",
        looks[freshness],
      )}
    >
      {freshness === "fresh" ? (
        <>
          <span aria-hidden className="size-1.5 rounded-full bg-ok" />
          <span>live</span>
        </>
      ) : (
        <>
          <SeverityMark severity={freshness === "late" ? "warning" : "critical"} />
          <span>
            as of <time dateTime={asOf.toISOString()}>{time}</time>
          </span>
        </>
      )}
      <span className="min-w-9 text-right">· {formatAge(ageSeconds)}</span>
    </p>
  );
}

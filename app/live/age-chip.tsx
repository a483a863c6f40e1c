import { clsx } from "clsx";

import { SeverityMark } from "~/ui/badge";
import { formatAge } from "~/ui/format";
import { formatInstant } from "~/ui/format-instant";
import type { Freshness } from "./use-board";

const looks: Record<Freshness, string> = {
  fresh: "border-line text-muted",
  late: "border-transparent bg-warning-soft text-warning",
  lost: "border-transparent bg-critical-soft text-critical",
};

/** Of which moment the board is, and how long ago that was. */
export function AgeChip({ asOf, ageSeconds, freshness }: { asOf: Date; ageSeconds: number; freshness: Freshness }) {
  return (
    <p
      data-freshness={freshness}
      className={clsx(
        "flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 text-xs",
        looks[freshness],
      )}
    >
      {freshness !== "fresh" && <SeverityMark severity={freshness === "late" ? "warning" : "critical"} />}
      <span>
        as of <time dateTime={asOf.toISOString()}>{formatInstant(asOf, { style: "second" })}</time>
      </span>
      <span className="min-w-9 text-right">· {formatAge(ageSeconds)}</span>
    </p>
  );
}

import { History } from "lucide-react";

import { Button } from "~/ui/button";
import { formatInstant } from "~/ui/format-instant";
import type { Board } from "../board";

/** Says that this is not the present, of which moment it is, and what of that moment is not on record. */
export function PastBanner({
  now,
  past,
  failure,
  onReturn,
}: {
  now: Date;
  past: Board["past"];
  failure: string | null;
  onReturn: () => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-accent-fill px-3 py-1.5 text-on-accent" data-past>
      <History aria-hidden="true" className="size-4 shrink-0" />
      <p className="font-semibold">
        You see <time dateTime={now.toISOString()}>{formatInstant(now, { style: "full" })}</time> — not live
      </p>
      <Button size="sm" className="ml-auto" onClick={onReturn}>
        Back to live
      </Button>
      {failure && (
        <p role="alert" className="basis-full">
          This moment could not be read: {failure} It is tried again.
        </p>
      )}
      {past && describeGap(past, now) && <p className="basis-full text-xs">{describeGap(past, now)}</p>}
    </div>
  );
}

function describeGap({ keptSince, undatedCount }: NonNullable<Board["past"]>, now: Date): string {
  if (keptSince && keptSince <= now) return "";
  const since = keptSince ? formatInstant(keptSince) : "today";
  const undated =
    undatedCount > 0
      ? ` Not shown: ${undatedCount} cancelled shifts of which nobody knows when they were cancelled.`
      : "";
  return `Changes of shifts are kept since ${since}. This moment is told from their dates: a guard who was replaced before is not known.${undated}`;
}

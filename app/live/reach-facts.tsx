import { formatAge, formatCount } from "~/ui/format";
import { travelSource } from "../../db/rules/shifts/travel-time";
import type { Reach } from "./checkins";

/** Who could be there first, how many can, and since when that is known. */
export function ReachFacts({
  reach: { guardName, travelSeconds, canCount, computedAt },
  now,
}: {
  reach: Reach;
  now: Date;
}) {
  const age = formatAge(Math.max(0, (+now - +computedAt) / 1000));
  return (
    <>
      <p>
        {guardName === null || travelSeconds === null
          ? "Nobody near can take it."
          : `${guardName} is nearest of ${formatCount(canCount)} who can: ${formatAge(travelSeconds)} away.`}{" "}
        <span className="text-muted">Found {age} ago.</span>
      </p>
      <p className="text-xs text-muted">The way is {travelSource}.</p>
    </>
  );
}

import { formatCount, formatDistance } from "~/ui/format";
import { type FenceAdvice, type FenceMeasure, offsetOf } from "../../../db/rules/sla/judge-fence";

/** What to do with a fence, in a word or three. */
export const fenceWords: Record<FenceAdvice["verdict"], string> = {
  "too few": "too few",
  good: "fits",
  move: "move the pin",
  widen: "widen",
  narrow: "narrow",
};

/** Why, for example "80 m north-east; then 90 m are enough. 396 check-ins, 12 guards". */
export function tellFence(advice: FenceAdvice, measure: FenceMeasure): string {
  const { radiusMeters, checkinCount, guardCount } = measure;
  const { offsetMeters, direction } = offsetOf(measure);
  const by = `${formatCount(checkinCount)} check-ins, ${guardCount} ${guardCount === 1 ? "guard" : "guards"}`;
  switch (advice.verdict) {
    case "too few":
      return by;
    case "good":
      return `${radiusMeters} m; the work is ${formatDistance(offsetMeters)} ${direction} of the pin. ${by}`;
    case "move":
      return `${formatDistance(offsetMeters)} ${direction}; then ${advice.radiusMeters} m are enough, not ${radiusMeters}. ${by}`;
    case "widen":
      return `from ${radiusMeters} to ${advice.radiusMeters} m: a tenth cannot be proven inside. ${by}`;
    case "narrow":
      return `from ${radiusMeters} to ${advice.radiusMeters} m: nobody needs more. ${by}`;
  }
}

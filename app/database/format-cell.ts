import { formatBytes, formatCount, formatPercent, formatSeconds } from "~/ui/format";
import type { Unit } from "../../db/panel";

/** A number in the words of its unit. */
export function formatMeasured(value: number, unit: Unit): string {
  switch (unit) {
    case "bytes":
      return formatBytes(value);
    case "ratio":
      return formatPercent(value);
    case "seconds":
      return formatSeconds(value);
    case "milliseconds":
      return formatSeconds(value / 1000);
    default:
      return formatCount(Math.abs(value) < 10 ? Number(value.toPrecision(3)) : Math.round(value));
  }
}

/** What a counter grows by, for example "1.5 MiB/s". Seconds of work in a second are a share of it. */
export function formatRate(perSecond: number, unit: Unit): string {
  if (unit === "seconds") return `${formatPercent(perSecond)} of the time`;
  return `${formatMeasured(perSecond, unit)}/s`;
}

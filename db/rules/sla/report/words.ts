import { tellDuration } from "../../shifts/tell-times";
import type { JudgedShare } from "../judge-counts";

const count = new Intl.NumberFormat("en-GB");

/** "1,202". */
export const tellCount = (value: number) => count.format(value);

/** "12 check-ins", "1 check-in": of a plural. */
export function tellCases(n: number, unit: string): string {
  return `${tellCount(n)} ${n === 1 ? unit.replace(/(\w+?)s\b/, "$1") : unit}`;
}

/** "94.2 %". Only a whole is 100 %, only nothing is 0 %. Null is "none". */
export function tellRatio(ratio: number | null): string {
  if (ratio === null) return "none";
  const percent = ratio * 100;
  if (percent < 100 && percent > 99.9) return "> 99.9 %";
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  return `${percent.toFixed(percent === 100 || percent === 0 ? 0 : 1)} %`;
}

/** "17 of 18" where there are few, else a percentage. */
export function tellShare({ share, words, of }: JudgedShare): string {
  return of === 0 ? "none" : (words ?? tellRatio(share));
}

/** Between what the uncertain cases may make of it, and what chance may: "90.1 to 93.4 %; by chance 88.0 to 96.2 %". */
export function tellRange({ low, high, interval, of }: JudgedShare): string {
  if (of === 0 || low === null || high === null) return "";
  const between = (from: number, until: number) => `${tellRatio(from)} to ${tellRatio(until)}`;
  return [
    ...(low === high ? [] : [between(Math.min(low, high), Math.max(low, high))]),
    ...(interval ? [`by chance ${between(interval.low, interval.high)}`] : []),
  ].join("; ");
}

/** "45 s", "8 min", "2 h 5 min"; what never came to it is "never", without cases "none". */
export function tellSeconds(seconds: number | "never" | null): string {
  if (seconds === null) return "none";
  if (seconds === "never") return seconds;
  return seconds < 60 ? `${Math.round(seconds)} s` : tellDuration(seconds);
}

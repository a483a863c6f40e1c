const unknown = "unknown";
const binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const count = new Intl.NumberFormat("en-GB");
const euro = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" });

/** Below this number of observations a share is written as "17 of 18". */
export const fewestForPercent = 20;

/** 12,345. Null reads "unknown". */
export function formatCount(value: number | null): string {
  return value === null ? unknown : count.format(value);
}

/** 1.5 GiB: binary units, three digits. Null reads "unknown". */
export function formatBytes(sizeBytes: number | null): string {
  if (sizeBytes === null) return unknown;
  let value = Math.abs(sizeBytes);
  let unit = 0;
  while (value >= 1023.5 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${sizeBytes < 0 ? "−" : ""}${value.toFixed(digits)} ${binaryUnits[unit]}`;
}

/** 0.4 s, 45 s, 3 min 20 s, 2 h 5 min, 4 d 3 h: the two largest units. Null reads "unknown". */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return unknown;
  const sign = seconds < 0 ? "−" : "";
  const length = Math.abs(seconds);
  if (length === 0) return "0 s";
  if (length < 0.0995) return `${sign}${Math.round(length * 1000)} ms`;
  if (length < 9.95) return `${sign}${Number(length.toFixed(1))} s`;
  const whole = Math.round(length);
  const pair = (large: number, largeUnit: string, small: number, smallUnit: string) =>
    `${sign}${large} ${largeUnit}${small > 0 ? ` ${small} ${smallUnit}` : ""}`;
  if (whole < 60) return `${sign}${whole} s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(whole / 60);
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(whole / 3600);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** now, 45 s, 3 min, 2 h, 4 d: the largest unit, rounded down. Null reads "unknown". */
export function formatAge(seconds: number | null): string {
  if (seconds === null) return unknown;
  if (seconds < 1) return "now";
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** €1,234.50. Null reads "unknown". */
export function formatEuro(amountEuro: number | null): string {
  return amountEuro === null ? unknown : euro.format(amountEuro);
}

/** 420 m, 1.2 km, 38 km. Null reads "unknown". */
export function formatDistance(meters: number | null): string {
  if (meters === null) return unknown;
  if (meters < 999.5) return `${Math.round(meters)} m`;
  const kilometers = meters / 1000;
  return `${kilometers < 9.95 ? kilometers.toFixed(1) : count.format(Math.round(kilometers))} km`;
}

/** "94.2 % of 312"; below 20 "17 of 18"; of nothing "none due", or what `nothing` says. */
export function formatShare(hits: number | null, of: number | null, nothing = "none due"): string {
  if (hits === null || of === null) return unknown;
  if (of === 0) return nothing;
  if (of < fewestForPercent) return `${hits} of ${of}`;
  return `${formatPercent(hits / of)} of ${count.format(of)}`;
}

/** 94.2 %. Only a whole is 100 %, only nothing is 0 %. Null reads "unknown". */
export function formatPercent(ratio: number | null): string {
  if (ratio === null) return unknown;
  const percent = ratio * 100;
  if (percent < 100 && percent > 99.9) return "> 99.9 %";
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  if (percent >= 1000) return `${formatCount(Math.round(percent))} %`;
  return `${percent.toFixed(percent === 100 || percent === 0 ? 0 : 1)} %`;
}

/** How far a chart looks back. */
export const ranges = {
  "1h": { label: "1 hour", seconds: 3600 },
  "6h": { label: "6 hours", seconds: 6 * 3600 },
  "24h": { label: "24 hours", seconds: 86_400 },
  "7d": { label: "7 days", seconds: 7 * 86_400 },
  "30d": { label: "30 days", seconds: 30 * 86_400 },
  "90d": { label: "90 days", seconds: 90 * 86_400 },
} as const;

export type Range = keyof typeof ranges;

/** The range that the URL asks for; 6 hours where it asks for none that there is. */
export function readRange(search: URLSearchParams): Range {
  const asked = search.get("range") ?? "";
  return Object.hasOwn(ranges, asked) ? (asked as Range) : "6h";
}

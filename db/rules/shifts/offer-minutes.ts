const [leastMinutes, mostMinutes] = [5, 60];

/**
 * How long a guard gets to answer: half of what is left until the point of no return, when the guard must leave to be
 * there at the start, in steps of 5 minutes; an hour at most, and 5 minutes where nothing is left. An unknown way
 * counts for none.
 */
export function suggestOfferMinutes(
  { startAt, travelSeconds }: { startAt: Date; travelSeconds: number | null },
  asOf: Date,
): number {
  const leftMinutes = (+startAt - +asOf) / 60_000 - (travelSeconds ?? 0) / 60;
  return Math.min(mostMinutes, Math.max(leastMinutes, Math.floor(leftMinutes / 2 / 5) * 5));
}

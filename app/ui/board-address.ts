/** How far back the board of the live room travels. */
export const travelDays = 14;

/** The board as it was in the second after `at`, with a shift open. Null where it cannot show that moment. */
export function boardAddress(at: Date, { shiftId, asOf }: { shiftId: number; asOf: Date }): string | null {
  if (+at > +asOf || +at <= +asOf - travelDays * 86_400_000) return null;
  const moment = new Date(Math.ceil(+at / 1000) * 1000).toISOString().replace(".000Z", "Z");
  return `/live?${new URLSearchParams({ at: moment, shift: String(shiftId) })}`;
}

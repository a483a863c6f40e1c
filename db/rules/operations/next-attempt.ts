export const mostAttempts = 12;
const [firstSeconds, mostSeconds] = [5, 3_600];

/**
 * When a message is tried again after its `attempts`th failure: 5 s doubled each time, an hour at most, of which half is
 * drawn by `chance` (0 to 1), so that what failed at once does not return at once. Null where it is tried no more.
 */
export function nextAttemptAt(attempts: number, failedAt: Date, chance: number): Date | null {
  if (attempts >= mostAttempts) return null;
  const seconds = Math.min(mostSeconds, firstSeconds * 2 ** (attempts - 1));
  return new Date(+failedAt + seconds * (0.5 + chance / 2) * 1000);
}

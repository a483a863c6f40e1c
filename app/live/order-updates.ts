/**
 * How many rows would move, appear or vanish where `shown` gave way to `wanted`: as few as can explain it. Ids are
 * unique within each.
 */
export function countUpdates(shown: readonly number[], wanted: readonly number[]): number {
  if (shown === wanted) return 0;
  const places = new Map(wanted.map((id, index) => [id, index]));
  const staying = shown.flatMap((id) => places.get(id) ?? []);
  const gone = shown.length - staying.length;
  const appeared = wanted.length - staying.length;
  return gone + appeared + staying.length - longestRise(staying);
}

/** Length of the longest part of `places`, others left out, that rises: the rows that may stay where they are. */
function longestRise(places: readonly number[]): number {
  const lowestEnds: number[] = [];
  for (const place of places) {
    let [from, to] = [0, lowestEnds.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((lowestEnds[middle] as number) < place) from = middle + 1;
      else to = middle;
    }
    lowestEnds[from] = place;
  }
  return lowestEnds.length;
}

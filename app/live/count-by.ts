/** How many there are of each name, by name; those without one are left out. */
export function countBy<Entry>(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string | null,
): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export type Retention = { daily: number; weekly: number; monthly: number };
export const defaultRetention: Retention = { daily: 7, weekly: 4, monthly: 6 };

const dayMs = 86_400_000;

type Kept = { id: string; snapshotAt: Date; isProved: boolean };

/**
 * Backups that a retention keeps: the newest of each of the last days, weeks (from Monday) and months that have one,
 * in UTC. What is less than a day older than the newest, and the newest proved one, are always kept. The rest may go.
 */
export function chooseKept(backups: readonly Kept[], { daily, weekly, monthly }: Retention): Set<string> {
  const newestFirst = [...backups].sort((one, other) => +other.snapshotAt - +one.snapshotAt);
  const kept = new Set<string>();
  const keepNewestOf = (periodOf: (at: Date) => string, most: number) => {
    const seen = new Set<string>();
    for (const { id, snapshotAt } of newestFirst) {
      const period = periodOf(snapshotAt);
      if (seen.has(period) || seen.size >= most) continue;
      seen.add(period);
      kept.add(id);
    }
  };
  keepNewestOf((at) => at.toISOString().slice(0, 10), daily);
  keepNewestOf(mondayOf, weekly);
  keepNewestOf((at) => at.toISOString().slice(0, 7), monthly);
  const newestMs = newestFirst[0] ? +newestFirst[0].snapshotAt : 0;
  const proved = newestFirst.find(({ isProved }) => isProved);
  for (const { id, snapshotAt } of newestFirst) if (newestMs - +snapshotAt < dayMs) kept.add(id);
  if (proved) kept.add(proved.id);
  return kept;
}

function mondayOf(at: Date): string {
  const day = new Date(at);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

/** "7,4,6" is seven daily, four weekly, six monthly. Undefined where it is not that. */
export function readRetention(text: string): Retention | undefined {
  const match = /^\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*$/.exec(text);
  if (!match) return undefined;
  return { daily: Number(match[1]), weekly: Number(match[2]), monthly: Number(match[3]) };
}

export function describeRetention({ daily, weekly, monthly }: Retention): string {
  return `${daily} daily, ${weekly} weekly, ${monthly} monthly, all of the last day; the newest proved one always`;
}

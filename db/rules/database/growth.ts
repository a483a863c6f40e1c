import type { Measured } from "./rates";

const dayMs = 86_400_000;
/** Less says nothing of a month. */
export const fewestDays = 14;
/** Fewer days with a sample tell no spread. */
const fewestSamples = 7;
/** Pairs of days nearer than this tell the noise of a day, not the way things go. */
const leastGapDays = 7;

export type Growth = {
  /** Each local span of 24 h that has a sample counts once. */
  dayCount: number;
  /** From the first to the last of them. */
  spanDays: number;
  /** The newest sample. */
  value: number;
  /** The median of what two days at least a week apart grew by a day (Theil-Sen), so that one bulk load makes no trend. */
  perDay: number;
  /** In 8 of 10 such pairs it lay between these. */
  lowPerDay: number;
  highPerDay: number;
};

export type Forecast = { days: number; low: number; mid: number; high: number };

/** How a size grows, from one sample a day, the day's last. Null with less than 14 days from the first to the last, or fewer than 7 that have one. */
export function growthOf(samples: readonly Measured[]): Growth | null {
  const days = lastOfEachDay(samples);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.length < fewestSamples || last.day - first.day < fewestDays) return null;
  const slopes = days
    .flatMap((one, index) =>
      days
        .slice(index + 1)
        .filter(({ day }) => day - one.day >= leastGapDays)
        .map((other) => (other.value - one.value) / (other.day - one.day)),
    )
    .sort((one, other) => one - other);
  const at = (share: number) => slopes[Math.round(share * (slopes.length - 1))] as number;
  return {
    ...{ dayCount: days.length, spanDays: last.day - first.day, value: last.value },
    ...{ perDay: at(0.5), lowPerDay: at(0.1), highPerDay: at(0.9) },
  };
}

/** What the size comes to in so many days if it goes on as it went; never below nothing. */
export function forecastOf({ value, perDay, lowPerDay, highPerDay }: Growth, days: number): Forecast {
  const after = (slope: number) => Math.max(0, value + slope * days);
  return { days, low: after(lowPerDay), mid: after(perDay), high: after(highPerDay) };
}

function lastOfEachDay(samples: readonly Measured[]): { day: number; value: number }[] {
  const days = new Map<number, { day: number; value: number }>();
  for (const { at, value } of samples) {
    if (value === null) continue;
    const day = at.getTime() / dayMs;
    days.set(Math.floor(day), { day, value });
  }
  return [...days.values()];
}

/** Milliseconds since 1970, UTC. */
export type Instant = number;

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The calendar day in Amsterdam that holds `at`, as midnight UTC of that day. */
export function amsterdamDay(at: Instant): Instant {
  return Math.floor((at + amsterdamOffset(at)) / day) * day;
}

/** The instant at which clocks in Amsterdam show `minutes` after midnight of `date` (midnight UTC of that day). */
export function amsterdamInstant(date: Instant, minutes: number): Instant {
  const shown = date + minutes * minute;
  const winter = shown - hour;
  return amsterdamOffset(winter) === hour ? winter : shown - 2 * hour;
}

/** Summer time of the European Union: from 01:00 UTC on the last Sunday of March to that of October. */
function amsterdamOffset(at: Instant): number {
  const year = new Date(at).getUTCFullYear();
  return at >= lastSunday(year, 2) && at < lastSunday(year, 9) ? 2 * hour : hour;
}

function lastSunday(year: number, month: number): Instant {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return lastDay.getTime() - lastDay.getUTCDay() * day + hour;
}

import { dayAfter, localDate, startOfDay } from "../../../db/rules/shifts/start-of-day";

export type Tick = { at: Date; label: string };

/** The beginnings of days in `zone` from `from` to `to`, each named by its day: "Sat 21". */
export function dayTicks(from: Date, to: Date, zone: string): Tick[] {
  const name = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric" });
  const ticks: Tick[] = [];
  for (let date = dayAfter(localDate(from, zone)); ; date = dayAfter(date)) {
    const at = startOfDay(date, zone);
    if (!at || at > to) return ticks;
    ticks.push({ at, label: name.format(at).replace(",", "") });
  }
}

/** The local day in `zone` that holds `at`, and an hour mark each three hours; a day of 23 or 25 hours has its own. */
export function dayAround(at: Date, zone: string): { from: Date; to: Date; ticks: Tick[] } {
  const date = localDate(at, zone);
  const from = startOfDay(date, zone) ?? at;
  const to = startOfDay(dayAfter(date), zone) ?? at;
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });
  const ticks: Tick[] = [];
  for (let time = from.getTime(); time < to.getTime(); time += 3_600_000) {
    const label = hour.format(new Date(time));
    if (Number(label) % 3 === 0 && ticks.at(-1)?.label !== label) ticks.push({ at: new Date(time), label });
  }
  return { from, to, ticks };
}

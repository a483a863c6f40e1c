import { amsterdamInstant, day, hour, type Instant } from "../story/instant";
import { clamp, Random } from "../story/random";
import type { Location } from "./locations";
import { sectors } from "./sectors";

/** A shift that somebody wants; whether it finds a guard is told elsewhere. */
export type WantedShift = {
  location: Location;
  startAt: Instant;
  endAt: Instant;
  post: string;
  /** Euro an hour. */
  hourlyRate: string;
  overtimeRate: string;
};

/**
 * The shifts that start on one day (midnight UTC of the calendar day in Amsterdam), in order of their start. Each slot
 * of each location is wanted with the chance that brings `shiftsPerDay` on average over the week.
 */
export function planDay(
  seed: number,
  { date, locations, shiftsPerDay }: { date: Instant; locations: Location[]; shiftsPerDay: number },
): WantedShift[] {
  const share = (7 * shiftsPerDay) / weeklySlots(locations);
  const weekday = new Date(date).getUTCDay();
  const wanted: WantedShift[] = [];
  for (const location of locations) {
    const sector = sectors[location.sector];
    const random = new Random(seed, "slots", location.id, date / day);
    for (const slot of sector.slots) {
      if (!slot.days.includes(weekday)) continue;
      if (!random.chance(share * location.demand)) continue;
      const startAt = amsterdamInstant(date, slot.startMinutes + random.pick([-60, -30, -15, 0, 0, 0, 0, 15, 30, 60]));
      wanted.push({
        location,
        startAt,
        endAt: startAt + slot.hours * hour,
        post: sector.post,
        ...drawRates(random, location, slot.startMinutes, weekday),
      });
    }
  }
  return wanted.sort((one, other) => one.startAt - other.startAt || one.location.id - other.location.id);
}

/** Nights and weekends pay more. */
export function drawRates(random: Random, location: Location, startMinutes: number, weekday: number) {
  const [least, most] = sectors[location.sector].hourlyRate;
  const isNight = startMinutes >= 20 * 60;
  const isWeekend = weekday === 0 || weekday === 6;
  const rate = random.between(least, most) * (isNight ? 1.12 : 1) * (isWeekend ? 1.1 : 1);
  return {
    hourlyRate: (Math.round(clamp(rate, 15, 60) * 4) / 4).toFixed(2),
    overtimeRate: random.weighted([
      [80, "1.50"],
      [12, "1.35"],
      [8, "2.00"],
    ]),
  };
}

function weeklySlots(locations: Location[]): number {
  return locations.reduce(
    (sum, { sector, demand }) =>
      sum + demand * sectors[sector].slots.reduce((days, slot) => days + slot.days.length, 0),
    0,
  );
}

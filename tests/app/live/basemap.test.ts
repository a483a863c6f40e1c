import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { areaSquareKilometers, clipRing, type Position, simplifyLine } from "../../../app/live/basemap/planar";
import { basemapStyle, mapColours } from "../../../app/live/map/basemap-style";
import { pixelsAtZoom12 } from "../../../app/live/map/board-features";

const folder = join(import.meta.dirname, "../../../public/basemap");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));

test("the basemap stays small", () => {
  const sizeBytes = files.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  expect(files.sort()).toEqual(["borders.json", "land.json", "places.json", "water.json"]);
  expect(sizeBytes).toBeLessThan(2_000_000);
});

test("the cities of the Netherlands have their Dutch names, the largest first", () => {
  const names = read("places.json")
    .features.filter((place: { properties: { isDutch: boolean } }) => place.properties.isDutch)
    .map((place: { properties: { name: string } }) => place.properties.name);
  expect(names.slice(0, 4)).toEqual(["Amsterdam", "Rotterdam", "Den Haag", "Utrecht"]);
  expect(names.length).toBeGreaterThan(1300);
});

test("the style asks nobody but the console, needs no glyphs, and names its sources", () => {
  const text = JSON.stringify(basemapStyle("http://console.test", mapColours.light));
  const data = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, url]) => url as string);
  expect(data.sort()).toEqual(files.map((name) => `http://console.test/basemap/${name}`));
  expect(text).not.toMatch(/"glyphs"|"sprite"|"tiles"/);
  for (const source of ["OpenStreetMap contributors", "Natural Earth", "GeoNames"]) expect(text).toContain(source);
});

const box = { west: 3, south: 50, east: 7, north: 53 };
const position = fc.tuple(fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: 45, max: 58, noNaN: true }));
const ring = fc.array(position, { minLength: 3, maxLength: 30 }).map((points) => [...points, points[0]] as Position[]);

test("what is clipped lies within the box and is closed", () => {
  fc.assert(
    fc.property(ring, (drawn) => {
      const clipped = clipRing(drawn, box);
      expect(clipped.at(0)).toEqual(clipped.at(-1));
      for (const [x, y] of clipped) {
        expect(x).toBeGreaterThanOrEqual(box.west - 1e-9);
        expect(x).toBeLessThanOrEqual(box.east + 1e-9);
        expect(y).toBeGreaterThanOrEqual(box.south - 1e-9);
        expect(y).toBeLessThanOrEqual(box.north + 1e-9);
      }
    }),
  );
});

test("a square over the edge keeps its part", () => {
  const square: Position[] = [
    [6, 51],
    [8, 51],
    [8, 52],
    [6, 52],
    [6, 51],
  ];
  expect(areaSquareKilometers(clipRing(square, box)) / areaSquareKilometers(square)).toBeCloseTo(0.5, 5);
});

test("a simplified line keeps its ends and its corners", () => {
  const line: Position[] = [
    [0, 0],
    [1, 0.0001],
    [2, 0],
    [2, 1],
    [2.0001, 2],
  ];
  expect(simplifyLine(line, 0.001)).toEqual([
    [0, 0],
    [2, 0],
    [2.0001, 2],
  ]);
});

test("a fence of 50 m reaches 4.3 pixels each way at zoom 12 in Amsterdam", () => {
  expect(pixelsAtZoom12(50, 52.37)).toBeCloseTo(4.286, 2);
});

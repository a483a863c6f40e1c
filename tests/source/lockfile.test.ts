import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { projectDirectory } from "../../db/environment";

type Package = { version: string; optionalDependencies?: Record<string, string> };
type Lock = { packages: Record<string, Package> };

const lock: Lock = JSON.parse(readFileSync(join(projectDirectory, "package-lock.json"), "utf8"));

const floors: Record<string, string> = {
  "@remix-run/node": "2.17.5",
  "@remix-run/react": "2.17.5",
  "@remix-run/express": "2.17.5",
  "@remix-run/dev": "2.17.5",
  "@remix-run/server-runtime": "2.17.5",
  "@remix-run/router": "1.23.4",
  "drizzle-orm": "0.45.2",
  postgres: "3.4.9",
};

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(".").map(Number)) as [number[], number[]];
  const position = need.findIndex((part, index) => part !== have[index]);
  return position === -1 || (have[position] as number) > (need[position] as number);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** `package: optional dependency` for each platform package that the lock leaves out; `npm ci` fails on those. */
function listMissingOptional({ packages }: Lock): string[] {
  const locked = new Set(Object.keys(packages).map(nameOf));
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${path || "package.json"}: ${name}`),
  );
}

test.each(Object.entries(floors))("every copy of %s is at or above its security floor %s", (name, floor) => {
  const versions = Object.entries(lock.packages)
    .filter(([path]) => path !== "" && nameOf(path) === name)
    .map(([, { version }]) => version);
  expect(versions).not.toEqual([]);
  expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([]);
});

test("a version below its floor is seen, part by part", () => {
  expect(isAtLeast("2.9.9", "2.17.5")).toBe(false);
  expect(isAtLeast("2.17.4", "2.17.5")).toBe(false);
  expect(isAtLeast("2.17.5", "2.17.5")).toBe(true);
  expect(isAtLeast("3.0.0", "2.17.5")).toBe(true);
});

test("no optional platform package is missing from the lock", () => {
  expect(listMissingOptional(lock)).toEqual([]);
});

test("a platform package that is missing is seen", () => {
  const packages = { "node_modules/biome": { version: "1.0.0", optionalDependencies: { "biome-darwin": "1.0.0" } } };
  expect(listMissingOptional({ packages })).toEqual(["node_modules/biome: biome-darwin"]);
});

test("the lock holds no address of a registry", () => {
  expect(JSON.stringify(lock)).not.toMatch(/"resolved":"http/);
});

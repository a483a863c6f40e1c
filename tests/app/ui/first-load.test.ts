import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { beforeAll, expect, test } from "vitest";

import { projectDirectory } from "../../../db/environment";
import { ensureBuild } from "../../support/build";

type Manifest = {
  entry: { module: string; imports: string[] };
  routes: Record<string, { id: string; parentId?: string; module: string; imports?: string[] }>;
};

const assets = join(projectDirectory, "build", "client", "assets");
const limitBytes = 110 * 1024;

beforeAll(() => ensureBuild(), 600_000);

function readManifest(): Manifest {
  const name = readdirSync(assets).find((file) => /^manifest-.*\.js$/.test(file)) as string;
  const text = readFileSync(join(assets, name), "utf8");
  return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
}

const measured = new Map<string, number>();

function brotliBytes(file: string): number {
  const bytes = measured.get(file) ?? brotliCompressSync(readFileSync(join(assets, file))).byteLength;
  measured.set(file, bytes);
  return bytes;
}

/** Brotli bytes of the scripts that the browser needs before the page acts. */
function firstLoadBytes(routeId: string, { entry, routes }: Manifest): number {
  const files = new Set([entry.module, ...entry.imports]);
  for (let route = routes[routeId]; route; route = route.parentId ? routes[route.parentId] : undefined) {
    for (const file of [route.module, ...(route.imports ?? [])]) files.add(file);
  }
  return [...files].reduce((sum, file) => sum + brotliBytes(basename(file)), 0);
}

test("no page asks for more than 110 KiB of script before it acts; the map comes after", () => {
  const manifest = readManifest();
  const pages = Object.keys(manifest.routes).filter((id) => /^routes\/(_console\.|sign-in)/.test(id));
  expect(pages.length).toBeGreaterThan(9);
  const heavy = pages
    .map((id) => ({ id, bytes: firstLoadBytes(id, manifest) }))
    .filter(({ bytes }) => bytes > limitBytes);
  expect(heavy).toEqual([]);
  expect(firstLoadBytes("routes/_console.audit", manifest)).toBeGreaterThan(50 * 1024);
});

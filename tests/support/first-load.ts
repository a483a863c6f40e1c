import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { projectDirectory } from "../../db/environment";

type Manifest = {
  entry: { module: string; imports: string[] };
  routes: Record<string, { id: string; parentId?: string; module: string; imports?: string[] }>;
};

const assets = join(projectDirectory, "build", "client", "assets");

/** Brotli bytes of the scripts that the browser needs before each page acts, by route. Needs a build. */
export function measureFirstLoads(): Map<string, number> {
  const manifest = readManifest();
  const pages = Object.keys(manifest.routes).filter((id) => /^routes\/(_console\.|sign-in)/.test(id));
  return new Map(pages.map((id) => [id, firstLoadBytes(id, manifest)]));
}

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

function firstLoadBytes(routeId: string, { entry, routes }: Manifest): number {
  const files = new Set([entry.module, ...entry.imports]);
  for (let route = routes[routeId]; route; route = route.parentId ? routes[route.parentId] : undefined) {
    for (const file of [route.module, ...(route.imports ?? [])]) files.add(file);
  }
  return [...files].reduce((sum, file) => sum + brotliBytes(basename(file)), 0);
}

import { closeSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";

import { EnvironmentError } from "../../db/environment";

export type BasemapSettings =
  | { kind: "own" }
  /** A file of map tiles that the console serves itself. */
  | { kind: "archive"; path: string }
  /** A style of somebody else's, with the hosts that it names. */
  | { kind: "style"; url: URL };

/**
 * Reads BASEMAP_PMTILES and BASEMAP_STYLE_URL. Throws EnvironmentError, a sentence, where both are set, the file is no
 * PMTiles archive of version 3, or the URL is none of http.
 */
export function readBasemapSettings(source: Record<string, string | undefined> = process.env): BasemapSettings {
  const path = source.BASEMAP_PMTILES;
  const style = source.BASEMAP_STYLE_URL;
  if (path && style) throw refusal("BASEMAP_PMTILES and BASEMAP_STYLE_URL are both set. Set one of them");
  if (path) {
    if (!isArchive(path)) throw refusal("BASEMAP_PMTILES names no PMTiles archive of version 3 that can be read");
    return { kind: "archive", path: resolve(path) };
  }
  if (!style) return { kind: "own" };
  const url = URL.canParse(style) ? new URL(style) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw refusal("BASEMAP_STYLE_URL is no address of a style, such as https://tiles.example.nl/style.json");
  }
  return { kind: "style", url };
}

function refusal(reason: string): EnvironmentError {
  return new EnvironmentError(`The console did not start: ${reason}.`);
}

function isArchive(path: string): boolean {
  const start = Buffer.alloc(8);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
  return start.toString("latin1", 0, 7) === "PMTiles" && start[7] === 3;
}

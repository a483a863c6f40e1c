import type { StyleSpecification } from "maplibre-gl";

import type { BasemapSource } from "../basemap-source";
import { basemapStyle, type MapColours } from "./basemap-style";

export type Basemap = {
  style: StyleSpecification;
  /** Why the console's own is drawn in place of the one that was set; null where nothing went wrong. */
  failure: string | null;
};

const patienceMs = 8_000;

/** The basemap that the console is set up with; where it cannot be read the console's own, which says so. */
export async function openBasemap(theme: "light" | "dark", colours: MapColours): Promise<Basemap> {
  const own = basemapStyle(location.origin, colours);
  try {
    const source = (await readJson("/basemap/source")) as BasemapSource;
    if (source.kind === "own") return { style: own, failure: null };
    if (source.kind === "style") return { style: await readStyle(source.url), failure: null };
    const { archiveStyle } = await import("./archive-style.client");
    return { style: await archiveStyle(`${location.origin}/basemap/archive.pmtiles`, theme), failure: null };
  } catch {
    return { style: own, failure: "The basemap that is set up does not answer. This is the console's own." };
  }
}

/** Its labels are drawn by the browser, as those of the shifts are: without the style's own glyphs. */
async function readStyle(url: string): Promise<StyleSpecification> {
  const { glyphs: _, ...style } = (await readJson(url)) as StyleSpecification;
  if (style.version !== 8 || !Array.isArray(style.layers)) throw new Error("no style of version 8");
  return style;
}

async function readJson(url: string): Promise<unknown> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

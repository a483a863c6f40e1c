import type { Map as MapLibreMap } from "maplibre-gl";
import { type MutableRefObject, type RefObject, useEffect, useRef, useState } from "react";

import type { Camera } from "../map-view";
import { mapColours } from "./basemap-style";
import type { Bounds } from "./board-features";
import { createMap } from "./create-map.client";
import { openBasemap } from "./open-basemap.client";

export type OpenedMap = {
  /** Null until layers can be added. */
  map: MapLibreMap | null;
  /** The browser has no WebGL 2. */
  hasFailed: boolean;
  /** Why another basemap is drawn than the one that is set up. */
  basemapFailure: string | null;
};

/** The map of a theme in `container`, where `camera` stands, and where it stood is left there. */
export function useMap(
  container: RefObject<HTMLElement>,
  { theme, camera, bounds }: { theme: "light" | "dark"; camera: MutableRefObject<Camera | null>; bounds: () => Bounds },
): OpenedMap {
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const [basemapFailure, setBasemapFailure] = useState<string | null>(null);
  const latestBounds = useRef(bounds);
  latestBounds.current = bounds;

  useEffect(() => {
    let opened: MapLibreMap | undefined;
    let hasLeft = false;
    const open = async () => {
      const colours = mapColours[theme];
      const { style, failure } = await openBasemap(theme, colours);
      if (hasLeft || !container.current) return;
      setBasemapFailure(failure);
      const options = { style, colours, camera: camera.current, bounds: latestBounds.current() };
      opened = createMap(container.current, { ...options, onReady: setMap });
    };
    open().catch(() => setHasFailed(true));
    return () => {
      hasLeft = true;
      if (!opened) return;
      const { lng, lat } = opened.getCenter();
      camera.current = { center: [lng, lat], zoom: opened.getZoom() };
      setMap(null);
      opened.remove();
    };
  }, [container, theme, camera]);

  return { map, hasFailed, basemapFailure };
}

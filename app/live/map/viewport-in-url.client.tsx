import type { MapLibreEvent, Map as MapLibreMap } from "maplibre-gl";
import { useEffect, useRef } from "react";

import type { Camera } from "../map-view";

export const stillMilliseconds = 400;

/** Writes where the map stands into the address once it stands still, after somebody moved it. */
export function ViewportInUrl({
  map,
  camera,
  onMove,
}: {
  map: MapLibreMap;
  camera: Camera | null;
  onMove: (camera: Camera) => void;
}) {
  const latest = useRef({ isWritten: camera !== null, onMove });
  latest.current = { isWritten: camera !== null, onMove };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isByHand = false;
    const stop = () => clearTimeout(timer);
    const settle = ({ originalEvent }: MapLibreEvent<unknown>) => {
      isByHand ||= Boolean(originalEvent);
      stop();
      timer = setTimeout(() => {
        if (!isByHand && !latest.current.isWritten) return;
        isByHand = false;
        const { lng, lat } = map.getCenter();
        latest.current.onMove({ center: [lng, lat], zoom: map.getZoom() });
      }, stillMilliseconds);
    };
    const subscriptions = [map.on("movestart", stop), map.on("moveend", settle)];
    return () => {
      stop();
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [map]);
  return null;
}

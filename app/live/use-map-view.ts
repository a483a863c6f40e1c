import { useSearchParams } from "@remix-run/react";
import { useMemo } from "react";

import { type Camera, changeMapView, type DenseLayer, type MapView, readMapView, toggleLayer } from "./map-view";
import { useSearchChange } from "./use-search-change";

export type AddressedMap = MapView & {
  toggle: (layer: DenseLayer) => void;
  chooseHours: (hours: number) => void;
  /** Tells the address where the map stands. */
  tellCamera: (camera: Camera) => void;
};

/** What the URL asks of the map, and how to ask for something else without a step of history. */
export function useMapView(): AddressedMap {
  const [search] = useSearchParams();
  const view = useMemo(() => readMapView(search), [search]);
  const changeSearch = useSearchChange();
  return {
    ...view,
    toggle: (layer) => changeSearch((next) => toggleLayer(next, layer)),
    chooseHours: (hours) => changeSearch((next) => changeMapView(next, { hours })),
    tellCamera: (camera) => changeSearch((next) => changeMapView(next, { camera }), "told"),
  };
}

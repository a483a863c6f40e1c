import { clsx } from "clsx";
import { type MutableRefObject, useMemo, useRef } from "react";

import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import type { JudgedShift } from "../board";
import type { TrailPosition } from "../checkins";
import type { Camera } from "../map-view";
import type { NearAnswer } from "../near";
import type { AddressedMap } from "../use-map-view";
import { mapColours } from "./basemap-style";
import { boundsOf, type Marks, toMarks } from "./board-features";
import { fitTo, showFence } from "./create-map.client";
import { DensityLayer } from "./density-layer.client";
import { squareMeters } from "./density-steps";
import { FenceLayer } from "./fence-layer.client";
import { GroundPopup } from "./ground-popup.client";
import { LayerControl } from "./layer-control";
import { LocationsLayer } from "./locations-layer.client";
import { MapPointer } from "./map-pointer.client";
import { MarkLayers } from "./mark-layers.client";
import { PositionsLayer } from "./positions-layer.client";
import { RadiusLayer } from "./radius-layer.client";
import { type LastPosition, SelectionLayer } from "./selection-layer.client";
import { TrailLayer } from "./trail-layer.client";
import { useMap } from "./use-map.client";
import { ViewportInUrl } from "./viewport-in-url.client";

export type LiveMapProps = {
  judged: readonly JudgedShift[];
  /** Shown whatever the filters say. */
  selected: JudgedShift | null;
  lastPosition: LastPosition | null;
  /** Of the guard who is followed; null where nobody is. */
  trail: readonly TrailPosition[] | null;
  /** Around what the board is searched. */
  near: NearAnswer | null;
  /** What stands under a mark; empty is nothing. */
  noteOf: (one: JudgedShift) => string;
  theme: "light" | "dark";
  /** The moment of what is shown. */
  now: Date;
  /** What comes from the present alone is not drawn. */
  isPast: boolean;
  mapView: AddressedMap;
  onNear: (near: string) => void;
  onSelect: (shiftId: number) => void;
  onOpenCluster: (shiftIds: number[]) => void;
};

/** The map begins anew with the theme, where it was. */
export default function LiveMap(props: LiveMapProps) {
  const camera = useRef<Camera | null>(props.mapView.camera);
  return <ThemedMap key={props.theme} camera={camera} {...props} />;
}

function ThemedMap({
  judged,
  selected,
  lastPosition,
  trail,
  near,
  noteOf,
  theme,
  now,
  isPast,
  mapView,
  onNear,
  onSelect,
  onOpenCluster,
  camera,
}: LiveMapProps & { camera: MutableRefObject<Camera | null> }) {
  const container = useRef<HTMLDivElement>(null);
  const latest = useRef(judged);
  latest.current = judged;
  const bounds = () => boundsOf(latest.current);
  const { map, hasFailed, basemapFailure } = useMap(container, { theme, camera, bounds });
  const colours = mapColours[theme];

  const { layers } = mapView;
  const selectedId = selected?.shift.id ?? null;
  const others = useSameMarks(judged, noteOf, selectedId);
  const chosen = useSameMarks(selected ? [selected] : none, noteOf);
  const fenced = useMemo(
    (): Marks => ({ type: "FeatureCollection", features: [...others.features, ...chosen.features] }),
    [others, chosen],
  );

  if (hasFailed) {
    return (
      <EmptyState title="This browser cannot draw the map">
        It needs WebGL 2, which is missing or switched off. The list shows the same shifts.
      </EmptyState>
    );
  }
  return (
    <>
      <div ref={container} data-map data-selected={selectedId ?? undefined} className="h-full w-full" />
      {basemapFailure && (
        <p
          role="status"
          className="absolute right-2.5 bottom-9 z-10 max-w-80 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs"
        >
          {basemapFailure}
        </p>
      )}
      {map && (
        <>
          <MarkLayers map={map} marks={others} colours={colours} />
          {layers.has("density") && !isPast && (
            <DensityLayer map={map} hours={mapView.hours} theme={theme} colours={colours} />
          )}
          {layers.has("locations") && <LocationsLayer map={map} colours={colours} />}
          {layers.has("positions") && !isPast && <PositionsLayer map={map} now={now} colours={colours} />}
          <RadiusLayer map={map} near={near} colours={colours} />
          <FenceLayer map={map} marks={fenced} colours={colours} />
          {trail && <TrailLayer map={map} trail={trail} colours={colours} />}
          <SelectionLayer map={map} selected={chosen} lastPosition={lastPosition} colours={colours} />
          <MapPointer map={map} chosen={chosen} onSelect={onSelect} onOpenCluster={onOpenCluster} />
          <GroundPopup map={map} now={now} onNear={onNear} onSelect={onSelect} />
          <ViewportInUrl map={map} camera={mapView.camera} onMove={mapView.tellCamera} />
          <div
            className={clsx(
              "pointer-events-none absolute top-2.5 right-2.5 left-12 flex flex-wrap gap-1.5 *:pointer-events-auto",
              selected && "md:right-[22.5rem]",
            )}
          >
            <LayerControl
              mapView={mapView}
              now={now}
              isPast={isPast}
              theme={theme}
              squareMeters={() => squareMeters({ zoom: map.getZoom(), latitude: map.getCenter().lat })}
            />
            <Button size="sm" onClick={() => fitTo(map, bounds())}>
              Show all
            </Button>
            {selected && (
              <Button size="sm" onClick={() => showFence(map, selected.shift.location)}>
                Show the fence
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

const none: readonly JudgedShift[] = [];

/** The same object while the marks are the same, so that the map sorts them anew only when something changed. */
function useSameMarks(
  judged: readonly JudgedShift[],
  noteOf: (one: JudgedShift) => string,
  without: number | null = null,
): Marks {
  const kept = useRef(toMarks(none, noteOf));
  const marks = toMarks(without === null ? judged : judged.filter(({ shift }) => shift.id !== without), noteOf);
  const isSame =
    marks.features.length === kept.current.features.length &&
    marks.features.every((feature, index) => feature === kept.current.features[index]);
  if (!isSame) kept.current = marks;
  return kept.current;
}

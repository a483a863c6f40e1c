import type { Map as MapLibreMap } from "maplibre-gl";
import { type MutableRefObject, useEffect, useMemo, useRef, useState } from "react";

import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import type { JudgedShift } from "../board";
import type { TrailPosition } from "../checkins";
import type { NearAnswer } from "../near";
import { mapColours } from "./basemap-style";
import { boundsOf, type Marks, toMarks } from "./board-features";
import { type Camera, createMap, fitTo, showFence } from "./create-map.client";
import { FenceLayer } from "./fence-layer.client";
import { MapPointer } from "./map-pointer.client";
import { MarkLayers } from "./mark-layers.client";
import { RadiusLayer } from "./radius-layer.client";
import { type LastPosition, SelectionLayer } from "./selection-layer.client";
import { TrailLayer } from "./trail-layer.client";

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
  onSelect: (shiftId: number) => void;
  onOpenCluster: (shiftIds: number[]) => void;
};

/** The map begins anew with the theme, where it was. */
export default function LiveMap(props: LiveMapProps) {
  const camera = useRef<Camera | null>(null);
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
  onSelect,
  onOpenCluster,
  camera,
}: LiveMapProps & { camera: MutableRefObject<Camera | null> }) {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const colours = mapColours[theme];
  const bounds = useRef(boundsOf(judged));
  bounds.current = boundsOf(judged);

  useEffect(() => {
    if (!container.current) return;
    let opened: MapLibreMap;
    try {
      opened = createMap(container.current, {
        colours,
        camera: camera.current,
        bounds: bounds.current,
        onReady: setMap,
      });
    } catch {
      setHasFailed(true);
      return;
    }
    return () => {
      const { lng, lat } = opened.getCenter();
      camera.current = { center: [lng, lat], zoom: opened.getZoom() };
      setMap(null);
      opened.remove();
    };
  }, [colours, camera]);

  const selectedId = selected?.shift.id ?? null;
  const others = useSameMarks(
    toMarks(
      judged.filter(({ shift }) => shift.id !== selectedId),
      noteOf,
    ),
  );
  const chosen = useSameMarks(toMarks(selected ? [selected] : [], noteOf));
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
      {map && (
        <>
          <MarkLayers map={map} marks={others} colours={colours} />
          <RadiusLayer map={map} near={near} colours={colours} />
          <FenceLayer map={map} marks={fenced} colours={colours} />
          {trail && <TrailLayer map={map} trail={trail} colours={colours} />}
          <SelectionLayer map={map} selected={chosen} lastPosition={lastPosition} colours={colours} />
          <MapPointer map={map} chosen={chosen} onSelect={onSelect} onOpenCluster={onOpenCluster} />
          <div className="absolute top-2.5 left-12 flex gap-1.5">
            <Button size="sm" onClick={() => fitTo(map, bounds.current)}>
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

/** The same object while the marks are the same, so that the map sorts them anew only when something changed. */
function useSameMarks(marks: Marks): Marks {
  const signature = JSON.stringify(marks);
  const kept = useRef({ signature, marks });
  if (kept.current.signature !== signature) kept.current = { signature, marks };
  return kept.current.marks;
}

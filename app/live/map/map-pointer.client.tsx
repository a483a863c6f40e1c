import type { GeoJSONSource, MapLayerMouseEvent, Map as MapLibreMap } from "maplibre-gl";
import { useEffect, useRef } from "react";

import type { Marks } from "./board-features";
import { coveredPixels } from "./create-map.client";

/** A cluster of at most this many opens as a list; a larger one first comes apart, if it can. */
const mostInList = 8;

/** Clicks on marks and clusters, and the way to what was selected elsewhere. */
export function MapPointer({
  map,
  chosen,
  onSelect,
  onOpenCluster,
}: {
  map: MapLibreMap;
  chosen: Marks;
  onSelect: (shiftId: number) => void;
  onOpenCluster: (shiftIds: number[]) => void;
}) {
  const calls = useRef({ onSelect, onOpenCluster });
  calls.current = { onSelect, onOpenCluster };

  useEffect(() => {
    const onMark = ({ features }: MapLayerMouseEvent) => calls.current.onSelect(Number(features?.[0]?.properties.id));
    const onCluster = async ({ features }: MapLayerMouseEvent) => {
      const { cluster_id: clusterId, point_count: count } = features?.[0]?.properties ?? {};
      const source = map.getSource<GeoJSONSource>("marks");
      const [geometry] = features ?? [];
      if (!source || geometry?.geometry.type !== "Point") return;
      const zoom = await source.getClusterExpansionZoom(clusterId);
      if (count > mostInList && zoom <= map.getMaxZoom()) {
        map.easeTo({ center: geometry.geometry.coordinates as [number, number], zoom });
        return;
      }
      const leaves = await source.getClusterLeaves(clusterId, count, 0);
      calls.current.onOpenCluster(leaves.map((leaf) => Number(leaf.properties?.id)));
    };
    const layers = ["marks", "clusters"];
    const onEnter = () => {
      map.getCanvas().style.cursor = "pointer";
    };
    const onLeave = () => {
      map.getCanvas().style.cursor = "";
    };
    const subscriptions = [
      map.on("click", "marks", onMark),
      map.on("click", "clusters", onCluster),
      map.on("mouseenter", layers, onEnter),
      map.on("mouseleave", layers, onLeave),
    ];
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [map]);

  const [post] = chosen.features;
  const id = post?.properties.id;
  const [longitude, latitude] = post?.geometry.coordinates ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shift is shown even where it stands on the same spot.
  useEffect(() => {
    if (longitude === undefined || latitude === undefined) return;
    const { clientWidth, clientHeight } = map.getContainer();
    const { x, y } = map.project([longitude, latitude]);
    const covered = coveredPixels(map);
    const isInSight = x > 40 && y > 40 && x < clientWidth - covered - 40 && y < clientHeight - 40;
    if (!isInSight) map.easeTo({ center: [longitude, latitude], offset: [-covered / 2, 0] });
  }, [map, id, longitude, latitude]);

  return null;
}

import { type Map as MapLibreMap, type MapMouseEvent, Popup } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

import { Button } from "~/ui/button";
import { formatAge, formatCount } from "~/ui/format";
import { nearPoint } from "../near";

/** What answers a click by itself. */
const answering = ["marks", "clusters", "selected", "selected-ring"];

type Ground = {
  node: HTMLElement;
  longitude: number;
  latitude: number;
  counts: { inside: number; outside: number; uncertain: number } | null;
  position: { shiftId: number; verdict: string; at: number } | null;
};

/** A click beside the shifts: what the layers know of the place, and the shifts around it. */
export function GroundPopup({
  map,
  now,
  onNear,
  onSelect,
}: {
  map: MapLibreMap;
  now: Date;
  onNear: (near: string) => void;
  onSelect: (shiftId: number) => void;
}) {
  const [ground, setGround] = useState<Ground | null>(null);
  const popup = useRef<Popup | null>(null);

  useEffect(() => {
    const open = ({ point, lngLat, defaultPrevented }: MapMouseEvent) => {
      const layers = answering.filter((id) => map.getLayer(id));
      if (defaultPrevented || map.queryRenderedFeatures(point, { layers }).length > 0) return;
      const node = document.createElement("div");
      popup.current = new Popup({ closeButton: false, maxWidth: "16rem", offset: 6 })
        .setLngLat(lngLat)
        .setDOMContent(node)
        .addTo(map);
      popup.current.once("close", () => setGround((shown) => (shown?.node === node ? null : shown)));
      setGround({ node, longitude: lngLat.lng, latitude: lngLat.lat, ...readGround(map, point) });
    };
    const subscription = map.on("click", open);
    return () => {
      subscription.unsubscribe();
      popup.current?.remove();
    };
  }, [map]);

  if (!ground) return null;
  const { counts, position } = ground;
  const close = () => popup.current?.remove();
  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what lies within.
    <div className="flex flex-col gap-2" onKeyDown={({ key }) => key === "Escape" && close()}>
      {position && (
        <p>
          Last position, {position.verdict}, {formatAge(Math.max(0, now.getTime() / 1000 - position.at))} ago
        </p>
      )}
      {counts && (
        <p className="tabular-nums">
          {formatCount(counts.inside + counts.outside + counts.uncertain)} check-ins: {formatCount(counts.inside)}{" "}
          inside, {formatCount(counts.outside)} outside, {formatCount(counts.uncertain)} uncertain
        </p>
      )}
      {position && (
        <Button
          size="sm"
          onClick={() => {
            onSelect(position.shiftId);
            close();
          }}
        >
          Show shift {position.shiftId}
        </Button>
      )}
      <Button
        size="sm"
        onClick={() => {
          onNear(nearPoint(ground));
          close();
        }}
      >
        Shifts within 2 km of here
      </Button>
    </div>,
    ground.node,
  );
}

function readGround(map: MapLibreMap, point: MapMouseEvent["point"]): Pick<Ground, "counts" | "position"> {
  const at = (...ids: string[]) =>
    map
      .queryRenderedFeatures(point, { layers: ids.filter((id) => map.getLayer(id)) })
      .map(({ properties }) => properties);
  const [position] = at("positions");
  // A point at the edge of two tiles is one check-in, and a square is drawn once: the first is enough.
  const [square] = at("density-squares");
  return {
    position: position ? { shiftId: Number(position.shift), verdict: position.verdict, at: Number(position.at) } : null,
    counts: square
      ? { inside: Number(square.inside), outside: Number(square.outside), uncertain: Number(square.uncertain) }
      : null,
  };
}

import GroundMap, { type Place, points, shape } from "./ground-map.client";
import { type LoadBasemap, ringAround, type Trail, verdictColours } from "./trail";

const lines = { light: "#17171b", dark: "#ececef" };

/** The positions of a trail in their order, over the fence of the post. */
export default function TrailMap({
  trail,
  theme,
  loadBasemap,
}: {
  trail: Trail;
  theme: "light" | "dark";
  loadBasemap: LoadBasemap;
}) {
  const line = lines[theme];
  const fence = ringAround(trail.post, trail.post.radiusMeters);
  const positions = trail.positions.map(({ verdict, point }) => ({
    place: [point.longitude, point.latitude] as Place,
    properties: { verdict },
  }));
  const places = positions.map(({ place }) => place);
  return (
    <GroundMap
      name="trail"
      layer="positions"
      {...{ theme, loadBasemap }}
      places={[...fence, ...places]}
      draw={(map) => {
        map.addSource("fence", { type: "geojson", data: shape({ type: "Polygon", coordinates: [fence] }) });
        map.addSource("path", { type: "geojson", data: shape({ type: "LineString", coordinates: places }) });
        map.addSource("positions", { type: "geojson", data: points(positions) });
        map.addLayer({
          id: "fence",
          type: "line",
          source: "fence",
          paint: { "line-color": line, "line-dasharray": [3, 2] },
        });
        map.addLayer({
          id: "path",
          type: "line",
          source: "path",
          paint: { "line-color": line, "line-width": 1, "line-opacity": 0.45 },
        });
        const colour = [
          "match",
          ["get", "verdict"],
          ...Object.entries(verdictColours).flat(),
          line,
        ] as unknown as string;
        map.addLayer({
          id: "positions",
          type: "circle",
          source: "positions",
          paint: {
            "circle-radius": 4,
            "circle-color": colour,
            "circle-opacity": ["case", ["==", ["get", "verdict"], "uncertain"], 0, 0.9],
            "circle-stroke-color": colour,
            "circle-stroke-width": 2,
          },
        });
      }}
    />
  );
}

import { useNavigate, useSearchParams } from "@remix-run/react";

import GroundMap, { type Place, points } from "../ground-map.client";
import type { LoadBasemap } from "../trail";
import type { CandidatesRead } from "./read-replacement.server";
import { replaceHref } from "./replace-search";

const colours = { clear: "#0072b2", warn: "#e69f00", block: "#8a8a94", post: "#d55e00" };

/** Where the candidates of the list live, to about a kilometer, around the post. A press chooses one. */
export default function CandidatesMap({
  read,
  theme,
  loadBasemap,
}: {
  read: CandidatesRead;
  theme: "light" | "dark";
  loadBasemap: LoadBasemap;
}) {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { shift, candidates, asked } = read;
  const post: Place = [shift.location.point.longitude, shift.location.point.latitude];
  const homes = candidates.flatMap(({ guardId, homeArea, worst }) => {
    const look = worst === "block" ? "block" : worst === "warn" ? "warn" : "clear";
    const properties = { guardId, look, isChosen: guardId === asked.guardId ? 1 : 0 };
    return homeArea ? [{ place: [homeArea.longitude, homeArea.latitude] as Place, properties }] : [];
  });
  const edge = theme === "dark" ? "#ececef" : "#17171b";
  return (
    <GroundMap
      name="candidates"
      layer="homes"
      {...{ theme, loadBasemap }}
      places={[post, ...homes.slice(0, 20).map(({ place }) => place)]}
      draw={(map) => {
        map.addSource("homes", { type: "geojson", data: points(homes) });
        map.addSource("post", { type: "geojson", data: points([{ place: post, properties: {} }]) });
        const colour = ["match", ["get", "look"], "block", colours.block, "warn", colours.warn, colours.clear];
        map.addLayer({
          id: "homes",
          type: "circle",
          source: "homes",
          paint: {
            "circle-radius": ["case", ["==", ["get", "isChosen"], 1], 9, 6],
            "circle-color": colour as unknown as string,
            "circle-opacity": 0.85,
            "circle-stroke-color": edge,
            "circle-stroke-width": ["case", ["==", ["get", "isChosen"], 1], 2.5, 0.5],
          },
        });
        map.addLayer({
          id: "post",
          type: "circle",
          source: "post",
          paint: {
            "circle-radius": 7,
            "circle-color": colours.post,
            "circle-stroke-color": edge,
            "circle-stroke-width": 2,
          },
        });
        map.on("click", "homes", ({ features }) => {
          const guard = Number(features?.[0]?.properties.guardId);
          if (guard) navigate(replaceHref(shift.id, search, { guard }), { preventScrollReset: true });
        });
        map.on("mousemove", "homes", () => {
          map.getCanvas().style.cursor = "pointer";
        });
        map.on("mouseleave", "homes", () => {
          map.getCanvas().style.cursor = "";
        });
      }}
    />
  );
}

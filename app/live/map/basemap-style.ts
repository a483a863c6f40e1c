import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";

export type MapColours = {
  sea: string;
  land: string;
  border: string;
  place: string;
  placeHalo: string;
  ink: string;
  plate: string;
  accent: string;
};

export const mapColours: Record<"light" | "dark", MapColours> = {
  light: {
    sea: "#d5e0ea",
    land: "#f5f4f1",
    border: "#b9b5bf",
    place: "#5d5c69",
    placeHalo: "#f5f4f1",
    ink: "#17171b",
    plate: "#ffffff",
    accent: "#4a44c4",
  },
  dark: {
    sea: "#0b1016",
    land: "#1a1b1f",
    border: "#44464f",
    place: "#a2a4ae",
    placeHalo: "#121317",
    ink: "#ececef",
    plate: "#17181c",
    accent: "#a09df7",
  },
};

/** Where the coast is drawn in detail: within it the land of Natural Earth gives way to the water of OpenStreetMap. */
const detailed = [
  [2.2, 50.4],
  [8.2, 50.4],
  [8.2, 54.1],
  [2.2, 54.1],
  [2.2, 50.4],
];

const attribution = [
  '<a href="https://www.openstreetmap.org/copyright" rel="noreferrer">© OpenStreetMap contributors</a>',
  '<a href="https://www.naturalearthdata.com" rel="noreferrer">Natural Earth</a>',
  '<a href="https://www.geonames.org" rel="noreferrer">GeoNames</a>',
].join(" · ");

/** The shores are good to 100 m: nearer by they would put posts into the water, so they fade. */
const waterOpacity: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 10.5, 1, 12.5, 0];

/** The font of the console; the page has loaded it. */
export const labelFont = ["Inter Variable"];

/** Water, land, borders and names from public/basemap, without streets. `origin` is the console's own address. */
export function basemapStyle(origin: string, colours: MapColours): StyleSpecification {
  const file = (name: string) => ({ type: "geojson" as const, data: `${origin}/basemap/${name}.json` });
  return {
    version: 8,
    sources: {
      land: file("land"),
      detailed: {
        type: "geojson",
        data: { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [detailed] } },
      },
      water: { ...file("water"), attribution },
      borders: file("borders"),
      places: file("places"),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colours.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land } },
      {
        id: "detailed",
        type: "fill",
        source: "detailed",
        paint: { "fill-color": colours.land, "fill-antialias": false },
      },
      {
        id: "water",
        type: "fill",
        source: "water",
        paint: { "fill-color": colours.sea, "fill-opacity": waterOpacity },
      },
      {
        id: "provinces",
        type: "line",
        source: "borders",
        filter: ["==", ["get", "level"], "province"],
        paint: { "line-color": colours.border, "line-width": 0.7, "line-dasharray": [3, 2], "line-opacity": 0.8 },
      },
      {
        id: "countries",
        type: "line",
        source: "borders",
        filter: ["==", ["get", "level"], "country"],
        paint: { "line-color": colours.border, "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.8, 10, 1.6] },
      },
      {
        id: "places",
        type: "symbol",
        source: "places",
        maxzoom: 14,
        filter: ["<=", ["get", "minzoom"], ["zoom"]],
        layout: {
          "text-field": ["get", "name"],
          "text-font": labelFont,
          "text-size": ["interpolate", ["linear"], ["get", "population"], 1000, 10.5, 50_000, 11.5, 700_000, 14],
          "text-padding": 4,
          "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
          "text-radial-offset": 1,
          "text-justify": "auto",
          "symbol-sort-key": ["-", ["get", "population"]],
        },
        paint: {
          "text-color": colours.place,
          "text-opacity": ["case", ["get", "isDutch"], 1, 0.65],
          "text-halo-color": colours.placeHalo,
          "text-halo-width": 1.2,
        },
      },
    ],
  };
}

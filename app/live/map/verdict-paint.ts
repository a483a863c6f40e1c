import type { ExpressionSpecification } from "maplibre-gl";

import type { MapColours } from "./basemap-style";

/** Of Okabe and Ito, as the marks of the shifts have them. */
export const verdictColours = { inside: "#0072b2", outside: "#e69f00", uncertain: "#56b4e9" } as const;

/** A dot for each verdict by colour and by shape: filled, filled with a dark rim, hollow. */
export function verdictPaint(verdict: ExpressionSpecification, { plate, ink }: MapColours) {
  const { inside, outside, uncertain } = verdictColours;
  return {
    "circle-color": ["match", verdict, "inside", inside, "outside", outside, plate] as ExpressionSpecification,
    "circle-stroke-color": ["match", verdict, "inside", plate, "outside", ink, uncertain] as ExpressionSpecification,
    "circle-stroke-width": ["match", verdict, "inside", 1, "outside", 1.25, 1.75] as ExpressionSpecification,
  };
}

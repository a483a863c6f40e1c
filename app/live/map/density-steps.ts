/** Check-ins of a square, from so many on. */
export const densitySteps = [1, 10, 100, 1_000] as const;

/** The same hue deeper with each step, on the basemap of each theme. */
export const densityColours = {
  light: ["#b9d4ea", "#7fb0d8", "#3f83bd", "#0d4f8b"],
  dark: ["#1d3a52", "#285f8c", "#3f8fc9", "#9ccff5"],
} as const;

const equatorMeters = 40_075_016.686;

/** How wide a square of the density is on the ground, in meters, where the map stands. */
export function squareMeters({ zoom, latitude }: { zoom: number; latitude: number }): number {
  const tileZoom = Math.min(13, Math.max(0, Math.floor(zoom)));
  return (equatorMeters * Math.cos((latitude * Math.PI) / 180)) / 2 ** tileZoom / 64;
}

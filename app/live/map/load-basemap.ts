/** The ground of the live map, for the maps of other rooms. */
export async function loadBasemap(theme: "light" | "dark") {
  const { basemapStyle, mapColours } = await import("./basemap-style");
  return basemapStyle(location.origin, mapColours[theme]);
}

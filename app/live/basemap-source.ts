/** What /basemap/source answers. */
export type BasemapSource = { kind: "own" } | { kind: "archive" } | { kind: "style"; url: string };

import { extensionFeature } from "./extension-feature";

export const mapTiles = extensionFeature({
  id: "map-tiles",
  title: "Map tiles",
  purpose: "The server cuts positions into vector tiles for the map.",
  extension: "postgis",
  calls: "st_asmvt",
});

export const queryStatistics = extensionFeature({
  id: "query-statistics",
  title: "Query statistics",
  purpose: "Finds the queries that cost the server most.",
  extension: "pg_stat_statements",
  calls: "pg_stat_statements",
  loadedSetting: "pg_stat_statements.max",
  hidesOthers: true,
});

export const indexAdvice = extensionFeature({
  id: "index-advice",
  title: "Proven index advice",
  purpose: "Plans queries with an index that does not exist yet; without it advice is unproven.",
  extension: "hypopg",
  calls: "hypopg_create_index",
});

export const exactBloat = extensionFeature({
  id: "exact-bloat",
  title: "Exact bloat",
  purpose: "Measures dead and free space by reading a table; without it bloat is an estimate.",
  extension: "pgstattuple",
  calls: "pgstattuple_approx",
  grantedBy: "pg_stat_scan_tables",
});

export const blockReading = extensionFeature({
  id: "block-reading",
  title: "Corruption check",
  purpose: "Reads indexes block by block and reports what is broken.",
  extension: "amcheck",
  calls: "bt_index_check",
});

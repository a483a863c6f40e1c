import { auditCsv } from "./audit/answer-csv.server";
import { databaseCsv } from "./database/answer-csv.server";
import { metrics } from "./database/answer-metrics.server";
import type { PlainAnswer } from "./http/plain-answers.server";
import { basemapArchiveAnswer, basemapSourceAnswer } from "./live/basemap.server";
import { liveStream } from "./live/stream.server";
import { tileAnswer } from "./live/tiles.server";
import { shiftsCsv } from "./shifts/answer-csv.server";
import { slaCsv } from "./sla/csv/answer-csv.server";
import { reportFiles } from "./sla/reports/answer-files.server";

/** The doors that Remix cannot open: streams of events, tiles and files that are written while they are read. */
export const plainRoutes: readonly PlainAnswer[] = [
  liveStream,
  tileAnswer,
  basemapSourceAnswer,
  basemapArchiveAnswer,
  shiftsCsv,
  ...slaCsv,
  ...reportFiles,
  ...databaseCsv,
  auditCsv,
  metrics,
];

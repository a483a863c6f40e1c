import { blockReading, exactBloat, indexAdvice, mapTiles, queryStatistics } from "./extensions";
import type { Feature } from "./feature";
import { logins, monitoring, restraints, rows } from "./logins";
import { certificateRule, overlapConstraint, publication } from "./rules";
import { checksums, ioTiming, logicalDecoding, serverVersion, walArchiving } from "./settings";

/** Everything of the console that a database can have or lack. */
export const features: readonly Feature[] = [
  serverVersion,
  rows,
  logins,
  restraints,
  monitoring,
  overlapConstraint,
  certificateRule,
  mapTiles,
  queryStatistics,
  indexAdvice,
  exactBloat,
  blockReading,
  ioTiming,
  walArchiving,
  logicalDecoding,
  publication,
  checksums,
];

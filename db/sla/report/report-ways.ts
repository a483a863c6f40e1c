import { isAbsolute } from "node:path";

import { readReceiver } from "../../deliveries/receiver";
import { type Environment, readEnvironment } from "../../environment";

/** How reports leave the console. */
export type ReportWays = {
  hasWebhook: boolean;
  /** Null where none is set. */
  directory: string | null;
  /** What is wrong with a setting, a sentence; null where nothing is. */
  problem: string | null;
};

/** By WEBHOOK_URL and REPORTS_DIRECTORY. */
export function readReportWays(environment: Environment = readEnvironment()): ReportWays {
  const directory = process.env.REPORTS_DIRECTORY || null;
  const isFolder = directory === null || isAbsolute(directory);
  return {
    hasWebhook: readReceiver(environment) !== undefined,
    directory: isFolder ? directory : null,
    problem: isFolder ? null : "REPORTS_DIRECTORY is no absolute path; reports go to no folder.",
  };
}

import type { Severity } from "~/ui/badge";

/** Used share of the connections from which on it is a warning, and critical. */
export const connectionThresholds = { warningRatio: 0.8, criticalRatio: 0.9 };

/** How full the server is. Null used is unknown: the login may not count the backends of others. */
export function judgeConnections(used: number | null, available: number): Severity {
  if (used === null || available <= 0) return "unknown";
  const ratio = used / available;
  if (ratio >= connectionThresholds.criticalRatio) return "critical";
  return ratio >= connectionThresholds.warningRatio ? "warning" : "ok";
}

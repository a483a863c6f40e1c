import type { ShareId } from "../../../db/rules/sla/judge-counts";

/** The shares that are told by hour, in their order. */
export const heatMetrics: readonly ShareId[] = [
  "on-time",
  "no-show",
  "fill-rate",
  "coverage",
  "in-geofence",
  "cancelled",
];
